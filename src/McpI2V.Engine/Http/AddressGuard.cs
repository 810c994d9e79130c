using System.Net;
using System.Net.Sockets;

namespace McpI2V.Engine.Http;

/// <summary>Tells addresses of the public internet from all others (RFC 6890 and successors, IPv4 inside IPv6 included).</summary>
public static class AddressGuard
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>True for loopback, private, link-local, reserved, multicast and translated addresses.</summary>
    public static bool IsSpecial(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Special.Any(net => net.Contains(plain)) || (plain.AddressFamily == AddressFamily.InterNetworkV6 && IsIPv4Compatible(plain));
    }

    private static bool IsIPv4Compatible(IPAddress address) => !address.GetAddressBytes().AsSpan(0, 12).ContainsAnyExcept((byte)0);
}

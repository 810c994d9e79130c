using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace McpI2V.Servers;

/// <summary>
/// A host of its own on this machine: a network namespace, whose one line to this machine can be cut in each direction by its own packet
/// filter. Needs the rights of root, and Debian's <c>iproute2</c> and <c>nftables</c>.
/// </summary>
public sealed class NetworkHost : IDisposable
{
    private static int hosts;
    private readonly string name;
    private readonly string near;

    private NetworkHost(int number)
    {
        // Two test runs on one machine must not meet.
        var net = string.Create(CultureInfo.InvariantCulture, $"10.{100 + (Environment.ProcessId % 100)}.{number % 250}");
        name = string.Create(CultureInfo.InvariantCulture, $"i2v-{Environment.ProcessId}-{number}");
        near = string.Create(CultureInfo.InvariantCulture, $"i2v{Environment.ProcessId}n{number}");
        Outside = IPAddress.Parse($"{net}.1");
        var inside = $"{net}.2/30";
        Run("ip", "netns", "add", name);
        Run("ip", "link", "add", near, "type", "veth", "peer", "name", "line", "netns", name);
        Run("ip", "addr", "add", $"{Outside}/30", "dev", near);
        Run("ip", "link", "set", near, "up");
        Run("ip", "-n", name, "addr", "add", inside, "dev", "line");
        Run("ip", "-n", name, "link", "set", "line", "up");
        Run("ip", "-n", name, "link", "set", "lo", "up");
        Filter("add table inet line");
        Filter("add chain inet line sent { type filter hook output priority 0 ; }");
        Filter("add chain inet line received { type filter hook input priority 0 ; }");
    }

    /// <summary>By what address this host reaches the machine.</summary>
    public IPAddress Outside { get; }

    /// <summary>What stands before a command that is to run on this host.</summary>
    public IReadOnlyList<string> Command => ["ip", "netns", "exec", name];

    /// <summary>Makes one; null where the rights or the programs for that are missing.</summary>
    public static NetworkHost? TryCreate()
    {
        var host = Interlocked.Increment(ref hosts);
        try
        {
            return new NetworkHost(host);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Cuts the line to a port of the machine: nothing that is sent arrives, or nothing that is answered.</summary>
    public void Cut(int port, bool isSent) => Filter(string.Create(
        CultureInfo.InvariantCulture,
        $"add rule inet line {(isSent ? "sent tcp dport" : "received tcp sport")} {port} drop"));

    /// <summary>Mends the line.</summary>
    public void Mend()
    {
        Filter("flush chain inet line sent");
        Filter("flush chain inet line received");
    }

    /// <inheritdoc/>
    public void Dispose() => Run("ip", "netns", "del", name);

    private void Filter(string rule) => Run([.. Command, "nft", .. rule.Split(' ')]);

    private static void Run(params string[] command)
    {
        using var child = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = child.StandardOutput.ReadToEndAsync();
        var error = child.StandardError.ReadToEnd();
        child.WaitForExit();
        _ = output.Result;
        if (child.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {error}");
        }
    }
}

using System.Security.Cryptography;
using System.Text;

namespace McpI2V.Providers.Contract;

/// <summary>A key. It shows itself only to the header it is written into.</summary>
/// <param name="value">The key's text.</param>
public sealed class Secret(string value)
{
    /// <summary>The key's text, for a header or a signature and for nothing else.</summary>
    public string Reveal() => value;

    /// <summary>The same for the same key of the same owner, and too short to find a key by.</summary>
    public string Fingerprint(string owner) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"mcp-i2v {owner} {value}")))[..12];

    /// <summary>A text with every occurrence of the key taken out.</summary>
    public string RemoveFrom(string text) => value.Length < 4 ? text : text.Replace(value, "***", StringComparison.Ordinal);

    /// <summary>A mask.</summary>
    public override string ToString() => "***";
}

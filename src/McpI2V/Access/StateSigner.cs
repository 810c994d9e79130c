using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace McpI2V.Access;

/// <summary>
/// Signs what leaves the server and comes back from outside: addresses, agreements. Each purpose has signatures of its own: what was
/// signed for one is nothing for another.
/// </summary>
/// <param name="key">At least 32 bytes that nobody else knows.</param>
/// <param name="purpose">What it is signed for; without a bar.</param>
internal sealed class StateSigner(Lazy<byte[]> key, string purpose)
{
    private const char Bar = '|';

    /// <summary>A signer whose states end with the process.</summary>
    public static StateSigner OfThisProcess(string purpose) => new(new Lazy<byte[]>(RandomNumberGenerator.GetBytes(32)), purpose);

    /// <summary>The value, when it ends (seconds since 1970) and the signature of both, with bars between them.</summary>
    public string Sign(string value, DateTimeOffset until)
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"{value}{Bar}{until.ToUnixTimeSeconds()}");
        return claim + Bar + Signature(claim);
    }

    /// <summary>What <see cref="Sign"/> gave out; null for any other text.</summary>
    public SignedState? Read(string text)
    {
        if (text.LastIndexOf(Bar) is not (> 0 and var end)
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Signature(text[..end])),
                Encoding.UTF8.GetBytes(text[(end + 1)..])))
        {
            return null;
        }
        var middle = text.LastIndexOf(Bar, end - 1);
        var seconds = long.Parse(text.AsSpan(middle + 1, end - middle - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new SignedState(text[..middle], DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    private string Signature(string claim) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"{purpose}{Bar}{claim}")));
}

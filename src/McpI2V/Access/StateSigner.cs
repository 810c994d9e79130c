using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace McpI2V.Access;

/// <summary>
/// Signs what leaves the server and comes back from outside: addresses, agreements. Each purpose has signatures of its own: what was
/// signed for one is nothing for another.
/// </summary>
/// <param name="keys">At least 32 bytes each that nobody else knows: the first signs, all are understood.</param>
/// <param name="purpose">What it is signed for; without a bar.</param>
internal sealed class StateSigner(Lazy<byte[][]> keys, string purpose)
{
    private const char Bar = '|';

    /// <summary>The value, when it ends (seconds since 1970) and the signature of both, with bars between them.</summary>
    public string Sign(string value, DateTimeOffset until)
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"{value}{Bar}{until.ToUnixTimeSeconds()}");
        return claim + Bar + Signature(keys.Value[0], claim);
    }

    /// <summary>What <see cref="Sign"/> gave out; null for any other text.</summary>
    public SignedState? Read(string text)
    {
        if (text.LastIndexOf(Bar) is not (> 0 and var end) || !IsSigned(text[..end], Encoding.UTF8.GetBytes(text[(end + 1)..])))
        {
            return null;
        }
        var middle = text.LastIndexOf(Bar, end - 1);
        var seconds = long.Parse(text.AsSpan(middle + 1, end - middle - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new SignedState(text[..middle], DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    private bool IsSigned(string claim, byte[] signature) => keys.Value.Any(
        key => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature(key, claim)), signature));

    private string Signature(byte[] key, string claim) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}{Bar}{claim}")));
}

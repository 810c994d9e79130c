using System.Globalization;
using McpI2V.Engine;

namespace McpI2V.Providers.Webhooks;

/// <summary>What is asked of every webhook, whoever signs it.</summary>
internal static class WebhookRules
{
    private const int LongestBody = 2_000_000;
    private const long LastSecond = 253_402_300_799;

    /// <summary>Refuses what was recorded and is sent again, and what no vendor sends.</summary>
    /// <param name="body">The body.</param>
    /// <param name="sent">When it was sent, in seconds since 1970, as its header says.</param>
    /// <param name="tolerance">How far that may be from this machine's clock.</param>
    /// <param name="inWords">The same, for the error.</param>
    /// <param name="time">This machine's clock.</param>
    /// <exception cref="I2VException">It was sent at another time, or is too long.</exception>
    public static void RequireRecent(ReadOnlyMemory<byte> body, string? sent, TimeSpan tolerance, string inWords, TimeProvider time)
    {
        if (body.Length > LongestBody
            || !long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, LastSecond))).Duration() > tolerance)
        {
            throw Refused($"it was not sent within the last {inWords}; check this machine's clock if that is wrong");
        }
    }

    /// <summary>It is not believed.</summary>
    public static I2VException Refused(string why) => new(ErrorCode.InputForbidden, $"The webhook was refused: {why}.");
}

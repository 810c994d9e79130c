using System.Globalization;
using McpI2V.Engine.Sound;

namespace McpI2V.Answers;

/// <summary>The voices of the user's own accounts, below the models that speak.</summary>
internal static class VoiceList
{
    private const int MostTold = 60;

    /// <summary>A line for each account.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<AccountVoiceList> accounts) => [.. accounts.Select(Line)];

    private static string Line(AccountVoiceList account)
    {
        if (account.WhyNot is { } why)
        {
            return $"Your own voices at {account.Provider} are not told now: {why.TrimEnd('.')}.";
        }
        var told = account.Voices.Take(MostTold).Select(v => $"{v.Name} ({v.Id})");
        var names = account.Voices.Count == 0 ? "none" : string.Join(", ", told) + (account.Voices.Count > MostTold ? " and others" : "");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Your own voices at {account.Provider}, as of {account.ReadAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {names}. voice of ") +
            "generate_audio takes a name or an id.";
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.GoogleApis;

/// <summary>What Google's APIs say of a fault beside the status: <c>{"error": {code, status, message, details}}</c>.</summary>
internal static class GoogleFaults
{
    private static readonly string[] SafetyWords = ["safety", "prohibited", "policy", "blocked", "usage guidelines", "support code"];

    /// <summary>The error that an answer tells; null: none.</summary>
    public static JsonObject? ErrorOf(ProviderAnswer answer) => answer.Json?["error"] as JsonObject;

    /// <summary>The reason's own word, such as API_KEY_INVALID; null: none is told.</summary>
    public static string? Reason(JsonObject? error) =>
        Details(error).Select(d => d["reason"]?.ToString()).FirstOrDefault(r => r is not null);

    /// <summary>How long Google asks to be left alone; null: it does not say.</summary>
    public static TimeSpan? RetryDelay(JsonObject? error)
    {
        var text = Details(error).Select(d => d["retryDelay"]?.ToString()).FirstOrDefault(r => r is not null);
        return double.TryParse(text?.TrimEnd('s'), CultureInfo.InvariantCulture, out var seconds) ? HttpFaults.Believable(seconds) : null;
    }

    /// <summary>True for words of the check of content: responsible AI (RAI) is Google's own name for it.</summary>
    public static bool IsSafety(string words) => words.Contains("RAI", StringComparison.Ordinal)
        || SafetyWords.Any(w => words.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<JsonObject> Details(JsonObject? error) => (error?["details"] as JsonArray)?.OfType<JsonObject>() ?? [];
}

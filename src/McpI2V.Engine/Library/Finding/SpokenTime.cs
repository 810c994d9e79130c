using System.Globalization;
using System.Text.RegularExpressions;

namespace McpI2V.Engine.Library.Finding;

/// <summary>
/// Days as people say them, in a small set and the server's time zone: 2026-11-24, 2026-11-24T15:00, today, yesterday, tuesday or last
/// tuesday (before today), 3 days ago (hours, days, weeks, months).
/// </summary>
public sealed partial class SpokenTime(TimeProvider time)
{
    /// <summary>What is understood, for messages.</summary>
    public const string Forms = "2026-11-24, 2026-11-24T15:00, today, yesterday, last tuesday, 3 days ago (hours, weeks, months)";

    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>The zone in which days begin.</summary>
    public TimeZoneInfo Zone => time.LocalTimeZone;

    /// <summary>A time as people read it in that zone.</summary>
    public string Shown(DateTimeOffset when) =>
        TimeZoneInfo.ConvertTime(when, Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A range such as a day; null if it is said in no known way.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Find(string said)
    {
        var text = said.Trim().ToLowerInvariant();
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).DateTime;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return Day(day);
        }
        if (DateTime.TryParseExact(
            text.ToUpperInvariant(),
            ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var minute))
        {
            return (At(minute), At(minute.AddMinutes(1)));
        }
        if (text.EndsWith('z')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
        {
            return (exact, exact.AddMinutes(1));
        }
        if (text is "today" or "yesterday")
        {
            return Day(now.Date.AddDays(text == "today" ? 0 : -1));
        }
        var name = text.StartsWith("last ", StringComparison.Ordinal) ? text[5..].Trim() : text;
        if (Array.IndexOf(Days, name) is >= 0 and var weekday)
        {
            var back = ((int)now.DayOfWeek - weekday + 7) % 7;
            return Day(now.Date.AddDays(-(back == 0 ? 7 : back)));
        }
        return Ago().Match(text) is { Success: true } ago && int.TryParse(ago.Groups[1].Value, out var count) && count is > 0 and < 10_000
            ? ago.Groups[2].Value switch
            {
                "hour" => (At(now.AddHours(-count)), At(now.AddHours(1 - count))),
                "day" => Day(now.Date.AddDays(-count)),
                "week" => Day(now.Date.AddDays(-7 * count)),
                _ => Day(now.Date.AddMonths(-Math.Min(count, 1_000))),
            }
            : null;
    }

    /// <summary>The part of a text that says a day, with what it means; null if none does.</summary>
    public (string Part, DateTimeOffset From, DateTimeOffset To)? FindIn(string text) =>
        Parts().Match(text) is { Success: true } part && Find(part.Value) is var (from, to) ? (part.Value, from, to) : null;

    /// <summary>A range as an argument gives it.</summary>
    /// <exception cref="I2VException">It is said in no known way.</exception>
    public (DateTimeOffset From, DateTimeOffset To) Read(string said, string argument) => Find(said) ?? throw I2VException.Invalid(
        argument,
        $"{argument} is {Media.ForeignText.Quote(said, 60)}; allowed are {Forms}, in the server's time zone ({Zone.Id}).");

    private (DateTimeOffset, DateTimeOffset) Day(DateTime day) => (At(day), At(day.AddDays(1)));

    private DateTimeOffset At(DateTime local) => new(local, Zone.GetUtcOffset(local));

    [GeneratedRegex(@"^(\d{1,4}) (hour|day|week|month)s? ago$")]
    private static partial Regex Ago();

    [GeneratedRegex(
        @"\b(\d{4}-\d\d-\d\d([T ]\d\d:\d\d)?|today|yesterday|(last )?(sun|mon|tues|wednes|thurs|fri|satur)day|" +
        @"\d{1,4} (hour|day|week|month)s? ago)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}

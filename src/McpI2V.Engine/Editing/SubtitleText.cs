using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace McpI2V.Engine.Editing;

/// <summary>Reads SRT and WebVTT into cues. The file itself never reaches ffmpeg, which opens it by rules of its own.</summary>
public static partial class SubtitleText
{
    /// <summary>The most characters a subtitle text may have.</summary>
    public const int Longest = 400_000;

    /// <summary>The cues of a subtitle text, as the captions operation takes them.</summary>
    /// <exception cref="I2VException">There is no cue in it.</exception>
    public static JsonArray Cues(string text, string argument)
    {
        JsonArray cues = [];
        var lines = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Times().Match(lines[i]) is not { Success: true } times)
            {
                continue;
            }
            List<string> words = [];
            while (i + 1 < lines.Length && lines[i + 1].Trim().Length > 0)
            {
                words.Add(Tags().Replace(lines[++i], "").Trim());
            }
            var (start, end) = (Seconds(times, 1), Seconds(times, 5));
            if (words.Count > 0 && end > start)
            {
                JsonNode cue = new JsonObject { ["start_seconds"] = start, ["end_seconds"] = end, ["text"] = string.Join('\n', words) };
                cues.Add(cue);
            }
        }
        return cues.Count > 0
            ? cues
            : throw I2VException.Invalid(argument, $"{argument} holds no cue: SRT or WebVTT with lines such as 00:00:01,000 --> " +
                "00:00:02,500 is needed. Nothing was spent.");
    }

    private static double Seconds(Match times, int group)
    {
        double Part(int offset) =>
            times.Groups[group + offset].Success ? double.Parse(times.Groups[group + offset].Value, CultureInfo.InvariantCulture) : 0;
        return (Part(0) * 3600) + (Part(1) * 60) + Part(2) + (Part(3) / 1000);
    }

    [GeneratedRegex(
        @"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})[.,]([0-9]{3})\s*-->\s*" +
        @"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})[.,]([0-9]{3})")]
    private static partial Regex Times();

    [GeneratedRegex(@"<[^>]{0,60}>|\{\\[^}]{0,60}\}")]
    private static partial Regex Tags();
}

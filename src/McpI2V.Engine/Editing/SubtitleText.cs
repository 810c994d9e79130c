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
            List<string> written = [];
            while (i + 1 < lines.Length && lines[i + 1].Trim().Length > 0)
            {
                written.Add(lines[++i]);
            }
            var (start, end) = (Seconds(times, 1), Seconds(times, 5));
            var words = string.Join('\n', written.Select(l => Tags().Replace(l, "").Trim()));
            if (words.Trim().Length > 0 && end > start)
            {
                JsonObject cue = new() { ["start_seconds"] = start, ["end_seconds"] = end, ["text"] = words };
                if (WordTimes(string.Join('\n', written), start, end) is { Count: > 0 } spoken)
                {
                    cue["word_seconds"] = new JsonArray([.. spoken.Select(t => JsonValue.Create(Math.Round(t, 3)))]);
                }
                cues.Add((JsonNode)cue);
            }
        }
        return cues.Count > 0
            ? cues
            : throw I2VException.Invalid(argument, $"{argument} holds no cue: SRT or WebVTT with lines such as 00:00:01,000 --> " +
                "00:00:02,500 is needed. Nothing was spent.");
    }

    // WebVTT's times inside a cue say when what follows them is spoken; several words after one share the time until the next.
    private static List<double> WordTimes(string written, double start, double end)
    {
        var marks = Inline().Matches(written);
        List<double> spoken = [];
        for (var i = -1; i < marks.Count && marks.Count > 0; i++)
        {
            var from = i < 0 ? 0 : marks[i].Index + marks[i].Length;
            var to = i + 1 < marks.Count ? marks[i + 1].Index : written.Length;
            var (begins, ends) = (i < 0 ? start : Seconds(marks[i], 1), i + 1 < marks.Count ? Seconds(marks[i + 1], 1) : end);
            var words = Tags().Replace(written[from..to], "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            spoken.AddRange(Enumerable.Range(0, words).Select(w => begins + ((ends - begins) * w / words)));
        }
        return spoken.Zip(spoken.Skip(1)).All(pair => pair.Second >= pair.First) ? spoken : [];
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

    [GeneratedRegex(@"<(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})[.,]([0-9]{3})>")]
    private static partial Regex Inline();

    [GeneratedRegex(@"<[^>]{0,60}>|\{\\[^}]{0,60}\}")]
    private static partial Regex Tags();
}

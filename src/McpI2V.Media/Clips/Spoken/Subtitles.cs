using System.Text;

namespace McpI2V.Media.Clips.Spoken;

/// <summary>The captions of a finished clip as a file of subtitles, which platforms take beside it.</summary>
public static class Subtitles
{
    /// <summary>Them as SubRip text; null if no words are spoken on the clip.</summary>
    public static string? Of(ClipSource source)
    {
        var text = new StringBuilder();
        foreach (var (index, (seen, words)) in In(source).OrderBy(w => w.Seen.Start).Index())
        {
            // An empty line ends a cue, and an arrow is read as a time.
            var lines = words.ReplaceLineEndings("\n").Replace("-->", "\u2192", StringComparison.Ordinal).Split('\n')
                .Where(l => l.Trim().Length > 0);
            text.Append(null, $"{index + 1}\r\n{Time(seen.Start)} --> {Time(seen.End)}\r\n{string.Join("\r\n", lines)}\r\n\r\n");
        }
        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>Every word that is spoken on a clip, and when it is seen there.</summary>
    internal static IReadOnlyList<SpokenWords> In(ClipSource source)
    {
        var shapes = source.Shapes();
        List<SpokenWords> all = [];
        foreach (var (index, step) in source.Recipe.Index())
        {
            foreach (var (seen, words) in (step as ISpokenWords)?.WordsOn(shapes[index]) ?? [])
            {
                if (source.Carried(seen, index, source.Recipe.Count) is { } left)
                {
                    all.Add(new SpokenWords(left, words));
                }
            }
        }
        return all;
    }

    private static string Time(TimeSpan time) => time.ToString(@"hh\:mm\:ss\,fff", null);
}

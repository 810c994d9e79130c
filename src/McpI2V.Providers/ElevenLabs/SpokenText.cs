using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>
/// What was spoken as subtitles, with a time before each word: <c>alignment</c> tells when each letter begins and ends (2.73.0,
/// CharacterAlignmentResponseModel).
/// </summary>
internal static class SpokenText
{
    private const int MostLetters = 42;
    private const double Pause = 0.6;
    private const double Rounding = 0.001;
    private const string EndsSentence = ".!?…。！？";

    /// <summary>The subtitles; null where nothing is said of times, or what is said does not fit together.</summary>
    public static string? Of(JsonNode? alignment)
    {
        var words = Words(alignment);
        if (words.Count == 0)
        {
            return null;
        }
        var text = new StringBuilder();
        var number = 0;
        foreach (var cue in Cues(words))
        {
            text.Append(null, $"{++number}\r\n{Time(cue[0].Begins)} --> {Time(cue[^1].Ends)}\r\n");
            text.AppendJoin(' ', cue.Select(w => $"<{Time(w.Begins)}>{w.Text}")).Append("\r\n\r\n");
        }
        return text.ToString();
    }

    private static List<Word> Words(JsonNode? alignment)
    {
        var (letters, begins, ends) = (List(alignment, "characters"), List(alignment, "character_start_times_seconds"),
            List(alignment, "character_end_times_seconds"));
        List<Word> words = [];
        if (letters.Count != begins.Count || letters.Count != ends.Count)
        {
            return words;
        }
        Word? word = null;
        var isTag = false;
        for (var i = 0; i < letters.Count; i++)
        {
            var letter = letters[i]?.ToString() ?? "";
            // Tags such as [whispers] are heard and not spoken.
            isTag |= letter == "[";
            if (isTag || string.IsNullOrWhiteSpace(letter))
            {
                isTag &= letter != "]";
                Add(word);
                word = null;
                continue;
            }
            if (Seconds(begins[i]) is not { } from
                || Seconds(ends[i]) is not { } to
                || to < from
                || from < (words.LastOrDefault()?.Ends ?? 0) - Rounding)
            {
                return [];
            }
            word = word is null ? new Word(letter, from, to) : word with { Text = word.Text + letter, Ends = to };
        }
        Add(word);
        return words;

        // What would be read as a time or a tag is none of it.
        void Add(Word? done)
        {
            if (done is not null && done.Text.IndexOfAny(['<', '>', '{', '}']) < 0)
            {
                words.Add(done);
            }
        }
    }

    // A line that the eye takes in at once: to the end of a sentence, to a pause, or as long as a line is.
    private static IEnumerable<List<Word>> Cues(List<Word> words)
    {
        List<Word> cue = [];
        foreach (var word in words)
        {
            var isFull = cue.Count > 0
                && (EndsSentence.Contains(cue[^1].Text[^1], StringComparison.Ordinal)
                    || word.Begins - cue[^1].Ends > Pause
                    || cue.Sum(w => w.Text.Length + 1) + word.Text.Length > MostLetters);
            if (isFull)
            {
                yield return cue;
                cue = [];
            }
            cue.Add(word);
        }
        yield return cue;
    }

    private static JsonArray List(JsonNode? alignment, string name) => (alignment as JsonObject)?[name] as JsonArray ?? [];

    private static double? Seconds(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<double>(out var seconds) && double.IsFinite(seconds) && seconds is >= 0 and < 86_400
            ? seconds
            : null;

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\,fff", CultureInfo.InvariantCulture);

    private sealed record Word(string Text, double Begins, double Ends);
}

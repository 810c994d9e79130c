using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>
/// What was spoken as subtitles, with a time before each word: <c>alignment</c> tells when each letter begins and ends,
/// <c>words</c> of a transcript when each word does (2.73.0, CharacterAlignmentResponseModel, SpeechToTextWordResponseModel).
/// </summary>
internal static class SpokenText
{
    private const int MostLetters = 42;
    private const double Pause = 0.6;
    private const double Rounding = 0.001;

    // Thai comes first of the scripts that put no blanks between words.
    private const char FirstWithoutBlanks = '\u0E00';
    private const string EndsSentence = ".!?…。！？";

    /// <summary>The subtitles; null where nothing is said of times, or what is said does not fit together.</summary>
    public static string? Of(JsonNode? alignment) => Written(Words(alignment));

    /// <summary>The same of the words that were heard; null where nobody spoke.</summary>
    public static string? OfHeard(JsonArray? heard) => Written(Heard(heard));

    private static string? Written(List<Word> words)
    {
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

        void Add(Word? done)
        {
            if (done is not null && IsText(done.Text))
            {
                words.Add(done);
            }
        }
    }

    // Laughter is heard and not spoken. Writing without blanks comes letter by letter, and is put together to the end of a sentence.
    private static List<Word> Heard(JsonArray? heard)
    {
        List<Word> words = [];
        var isApart = true;
        foreach (var item in (heard ?? []).OfType<JsonObject>())
        {
            var text = item["text"]?.ToString().Trim() ?? "";
            if (item["type"]?.ToString() != "word" || !IsText(text) || Seconds(item["start"]) is not { } start)
            {
                isApart = true;
                continue;
            }
            var last = words.LastOrDefault();
            var from = Math.Max(start, last?.Ends ?? 0);
            var to = Math.Max(Seconds(item["end"]) ?? from, from);
            if (!isApart && last is not null && IsWrittenTogether(last.Text, text))
            {
                words[^1] = last with { Text = last.Text + text, Ends = to };
            }
            else
            {
                words.Add(new Word(text, from, to));
            }
            isApart = false;
        }
        return words;
    }

    // What would be read as a time or a tag is none of it.
    private static bool IsText(string text) => text.Length > 0 && text.IndexOfAny(['<', '>', '{', '}']) < 0;

    private static bool IsWrittenTogether(string word, string next) => next[0] >= FirstWithoutBlanks
        && word[^1] >= FirstWithoutBlanks
        && word.Length + next.Length <= MostLetters / 2
        && !EndsSentence.Contains(word[^1], StringComparison.Ordinal);

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

using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Clips.Spoken;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Sets spoken words over the picture, cue by cue.</summary>
internal sealed record Captions(IReadOnlyList<Captions.Cue> Cues, TextPosition Position, TextStyle Style)
    : ISettingOperation, ISpokenWords
{
    public static OperationDefinition Definition { get; } = new(
        "captions",
        "Sets spoken words over the picture, cue by cue.",
        [Takes.Cues, Takes.Position, Takes.Style, Takes.Motion, Takes.Highlight, .. LookMembers.All],
        reader => new Captions(Takes.Cues.Read(reader), Takes.Position.Read(reader), Takes.Style.Read(reader))
        {
            Motion = Takes.Motion.Read(reader),
            Highlight = Takes.Highlight.Read(reader),
            Look = LookMembers.Read(reader, Takes.Style.Read(reader)),
        });

    public string Name => Definition.Name;

    public required TextLook Look { get; init; }

    public TextMotion Motion { get; init; }

    public TextHighlight Highlight { get; init; }

    private static class Takes
    {
        public static readonly Member<IReadOnlyList<Cue>> Cues = Members.List(
            "cues",
            "spoken words, in order; or the handle of a voice by elevenlabs, which knows its words' times",
            OperationCatalogue.MostCues,
            [Cue.Takes.Start, Cue.Takes.End, Cue.Takes.Text, Cue.Takes.Words],
            Cue.Read);

        public static readonly Member<TextPosition> Position = Members.Choice("position", "where they stand", TextPosition.Bottom, "text");

        public static readonly Member<TextStyle> Style = Members.Choice("style", "how they look", TextStyle.Caption, "text");

        public static readonly Member<TextMotion> Motion = Members.Choice("motion", "how each comes and goes", TextMotion.None, "text");

        public static readonly Member<TextHighlight> Highlight = Members.Choice(
            "highlight",
            "how the word that is spoken is told from the others",
            TextHighlight.None);
    }

    private static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(50);

    public string Place => SnakeCase.From(Position);

    public IReadOnlyList<ClipSpan> SeenOn(ClipShape before) => [.. Cues.Select(c => c.On(before)).Where(c => c.Start < before.Duration)];

    public ClipShape Apply(ClipShape before)
    {
        SeenOn(before);
        return before;
    }

    // Captions of a longer film are told and not refused: those of its beginning are right.
    public string? Departure(ClipShape before)
    {
        var seen = SeenOn(before).OrderBy(s => s.Start).ToList();
        var late = Cues.Count - seen.Count;
        var over = seen.Zip(seen.Skip(1)).Count(pair => pair.First.End - pair.Second.Start > Noticed);
        string?[] told =
        [
            late > 0
                ? $"{late} of {Cues.Count} cues begin after the clip's end at {before.Duration.TotalSeconds:0.##} s and are not seen"
                : null,
            over > 0
                ? $"{over} of {Cues.Count} cues are not over when the next one comes: each goes then, and what begins together stands " +
                    "together"
                : null,
        ];
        return told.Any(t => t is not null) ? string.Join("; ", told.OfType<string>()) : null;
    }

    public IReadOnlyList<SpokenWords> WordsOn(ClipShape before) =>
    [
        .. Cues.Select(c => new SpokenWords(c.On(before), c.Text) { Words = c.Words })
            .Where(c => c.Seen.Start < before.Duration)
            .Select(c => c.Seen.End > before.Duration ? c with { Seen = c.Seen with { End = before.Duration } } : c),
    ];

    public TextOrder OrderFor(ClipShape before) => new()
    {
        Frame = before.Size,
        Cues = [.. WordsOn(before).Select(w => new OrderedCue(w.Text, w.Seen.Start.TotalSeconds, w.Seen.End.TotalSeconds)
        {
            Words = w.Words,
        })],
        Look = Look,
        Position = Position,
        Motion = Motion,
        Highlight = Highlight,
        Output = "",
    };

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return clip with
        {
            Video = graph.DrawText(this, clip, () => [.. Cues.Select(c => (c.Text, Seen: c.On(clip.Shape)))
                .Select(c => new TextCue(c.Text, c.Seen.Start, c.Seen.End, Position, Style))]),
        };
    }

    /// <summary>Words, and when they are seen.</summary>
    internal sealed record Cue(ClipMoment Start, ClipMoment End, string Text)
    {
        /// <summary>When each word begins to be spoken, in seconds of the clip; none if nobody knows.</summary>
        public IReadOnlyList<double> Words { get; init; } = [];

        public static Cue Read(OperationReader reader)
        {
            var cue = new Cue(Takes.Start.Read(reader), Takes.End.Read(reader), Takes.Text.Read(reader))
            {
                Words = Takes.Words.Read(reader),
            };
            ClipMoment.RequireOrder(cue.Start, cue.End);
            cue.RequireWords();
            return cue;
        }

        private void RequireWords()
        {
            var spoken = Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            if (Words.Count > 0 && Words.Count != spoken)
            {
                throw OperationReader.Fault($"word_seconds has {Words.Count} times, and the text {spoken} words between blanks; give " +
                    "each word's beginning, or leave word_seconds out");
            }
            if (Words.Zip(Words.Skip(1)).Any(pair => pair.Second < pair.First))
            {
                throw OperationReader.Fault("word_seconds goes back; the words are spoken in order");
            }
        }

        /// <summary>When they are seen on a clip; they may begin after its end.</summary>
        /// <exception cref="MediaException">They go before they appear.</exception>
        public ClipSpan On(ClipShape clip)
        {
            var seen = new ClipSpan(Start.On(clip, Takes.Start.Name), End.On(clip, Takes.End.Name));
            return seen.End > seen.Start
                ? seen
                : throw OperationReader.Fault($"a cue goes at {seen.End.TotalSeconds:0.##} s, before it appears " +
                    $"at {seen.Start.TotalSeconds:0.##} s, on a clip of {clip.Duration.TotalSeconds:0.##} s");
        }

        public static class Takes
        {
            public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "when the words appear");

            public static readonly Member<ClipMoment> End = Members.RequiredMoment("end_seconds", "when they go");

            public static readonly Member<string> Text = Members.RequiredText("text", "the words", 300);

            public static readonly Member<IReadOnlyList<double>> Words = Members.Lengths("word_seconds", "when each word begins", 150);
        }
    }
}

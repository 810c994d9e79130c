using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Joining;
using McpI2V.Media.Clips.Rendering;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Repeats the clip: with a cut, forwards and backwards, or melting from its end into its start.</summary>
internal sealed record Loop(Loop.Kind Mode, int Times) : ISoundOperation
{
    private static readonly TimeSpan Melt = TimeSpan.FromSeconds(0.5);

    /// <summary>How one round meets the next.</summary>
    internal enum Kind
    {
        Cut,
        Boomerang,
        Crossfade,
    }

    public static OperationDefinition Definition { get; } = new(
        "loop",
        "Repeats the clip.",
        [Takes.Mode, Takes.Times],
        reader => new Loop(Takes.Mode.Read(reader), Takes.Times.Read(reader)));

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<Kind> Mode = Members.Choice("mode", "how one round meets the next", Kind.Cut);

        public static readonly Member<int> Times = Members.Whole("times", "there and back is one", 1, 10, 2);
    }

    public IClipOperation? Ceiling => Mode == Kind.Crossfade ? Sound.Loudness.Ceiling : null;

    public ClipShape Apply(ClipShape before) => Mode switch
    {
        Kind.Boomerang => new Reverse().Apply(before).Lasting(before.Duration * 2 * Times, Name),
        Kind.Crossfade when before.Duration < Melt * 3 =>
            throw OperationReader.Fault(
                $"the clip lasts {before.Duration.TotalSeconds:0.##} s; a crossfade loop needs at least {Melt.TotalSeconds * 3:0.#} s"),
        Kind.Crossfade => before.Lasting((before.Duration * Times) - (Melt * (Times - 1)), Name),
        _ => before.Lasting(before.Duration * Times, Name),
    };

    // Every round shows it again.
    public ClipSpan? Carry(ClipSpan seen, ClipShape before) => new ClipSpan(seen.Start, Apply(before).Duration);

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        if (Mode == Kind.Crossfade)
        {
            var joined = before();
            for (var i = 1; i < Times; i++)
            {
                joined = Transitions.Join(graph, joined, before(), Transition.Crossfade, Melt);
            }
            return joined;
        }
        List<GraphClip> rounds = [];
        for (var i = 0; i < Times; i++)
        {
            rounds.Add(before());
            if (Mode == Kind.Boomerang)
            {
                rounds.Add(Reverse.Turn(graph, before));
            }
        }
        return graph.Concat(rounds, Apply(rounds[0].Shape));
    }
}

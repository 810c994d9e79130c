using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Renders at another resolution, named by the short side.</summary>
internal sealed record Scale(Resolution Resolution) : IClipOperation
{
    public static OperationDefinition Definition { get; } = new(
        "scale",
        "Renders at another resolution, named by the short side.",
        [Takes.Resolution],
        reader => new Scale(Takes.Resolution.Read(reader)))
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<Resolution> Resolution = Members.RequiredWord<Resolution>(
            "resolution",
            "the new short side",
            Geometry.Resolution.All.Select(r => r.ToString()),
            Geometry.Resolution.TryParse);
    }

    public ClipShape Apply(ClipShape before)
    {
        var factor = (double)Resolution.ShortSide / before.Size.ShortSide;
        return before with
        {
            Size = new PixelSize((int)Math.Round(before.Size.Width * factor), (int)Math.Round(before.Size.Height * factor)).Even(),
        };
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var shape = Apply(clip.Shape);
        return clip with
        {
            Video = graph.Chain(clip.Video, $"scale={shape.Size.Width}:{shape.Size.Height}:flags=lanczos,setsar=1,settb=AVTB"),
            Shape = shape,
        };
    }
}

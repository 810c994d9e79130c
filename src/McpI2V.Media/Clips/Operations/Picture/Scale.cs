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
        public static readonly Member<Resolution> Resolution = Members.Word(
            "resolution",
            "the new short side",
            Geometry.Resolution.All.Select(r => r.ToString()),
            Geometry.Resolution.TryParse,
            Geometry.Resolution.Default);
    }

    public bool LeavesColours => true;

    // A clip of 854x480 or 720x1278 means 16:9 or 9:16: what it is scaled to has these to the pixel.
    public ClipShape Apply(ClipShape before) => before with
    {
        Size = AspectRatio.Nearest(before.Size)?.SizeWithShortSide(Resolution.ShortSide)
            ?? before.Size.WithShortSide(Resolution.ShortSide),
    };

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var shape = Apply(clip.Shape);
        return clip with
        {
            Video = Reframe.Fitted(graph, clip.Video, shape.Size, Reframe.Fit.Crop, 0.5, 0.5),
            Shape = shape,
        };
    }
}

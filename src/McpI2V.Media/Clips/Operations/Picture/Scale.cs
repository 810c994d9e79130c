using McpI2V.Media.Geometry;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Renders at another resolution, named by the short side.</summary>
internal sealed record Scale(Resolution Resolution) : IClipOperation
{
    public string Name => "scale";

    public static IClipOperation Read(OperationReader reader) =>
        new Scale(Resolution.TryParse(reader.RequiredText("resolution"), out var resolution)
            ? resolution
            : throw OperationReader.Fault($"resolution is \"{reader.Text("resolution")}\"; one of {Resolution.Names} is allowed"));

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

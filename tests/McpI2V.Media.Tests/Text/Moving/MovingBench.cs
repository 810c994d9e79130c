using System.Text.Json;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Geometry;
using McpI2V.Media.Tests.Clips;

namespace McpI2V.Media.Tests.Text.Moving;

/// <summary>Renders words over a plain dark clip of 2 s and 25 fps, and sees every frame of it.</summary>
internal sealed class MovingBench : IDisposable
{
    public const int FramesPerSecond = 25;
    private static readonly PixelSize Size = new(360, 640);
    private readonly TestRenders renders = new();

    /// <summary>The frames of a clip with one step.</summary>
    public async Task<IReadOnlyList<Frame>> FilmAsync(string step)
    {
        var clip = await renders.ClipAsync("color=c=0x18202c:s=360x640:r=25:d=2", null, Size, 2);
        var path = await renders.RenderAsync(clip with
        {
            Recipe = [OperationCatalogue.Read(JsonElement.Parse(step), new OneClip())],
        });
        var bytes = await renders.ReadAsync(path, "[0:v]scale=in_color_matrix=bt709:in_range=tv,format=rgb24", "rawvideo");
        var one = Size.Width * Size.Height * 3;
        return [.. Enumerable.Range(0, bytes.Length / one).Select(i => new Frame(bytes.AsMemory(i * one, one), Size))];
    }

    public void Dispose() => renders.Dispose();
}

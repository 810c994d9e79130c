using System.IO.Compression;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Layers;
using McpI2V.Media.Text.Placing;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Tests.Text.Setting;

/// <summary>Sets text over pictures of our own making, and reads the layer's pixels.</summary>
internal sealed class TextBench : IDisposable
{
    private readonly Workshop workshop = new();

    /// <summary>Sets a text over a picture.</summary>
    /// <param name="text">The words.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="style">The style.</param>
    /// <param name="paint">The picture: what is at a place, each axis 0 to 1; null: nobody has looked.</param>
    /// <param name="more">What else is ordered.</param>
    public TextResult Set(
        string text,
        PixelSize frame,
        TextStyle style,
        Func<double, double, Colour>? paint = null,
        Func<TextOrder, TextOrder>? more = null)
    {
        var small = SmallFrames.SizeFor(frame);
        if (paint is not null)
        {
            var pixels = new byte[small.Width * small.Height * 3];
            for (var i = 0; i < small.Width * small.Height; i++)
            {
                var colour = paint(((i % small.Width) + 0.5) / small.Width, ((i / small.Width) + 0.5) / small.Height);
                (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = (colour.Red, colour.Green, colour.Blue);
            }
            File.WriteAllBytes(workshop.At("small"), pixels);
        }
        var order = new TextOrder
        {
            Frame = frame,
            Cues = [new OrderedCue(text, 0, 1)],
            Look = TextLooks.Of(style),
            Position = TextPosition.Center,
            Pictures = paint is null ? null : "small",
            PictureSize = small,
            Output = "layer.mkv",
            Pixels = LayerPixels.Whole,
        };
        return TextLayers.Draw(more?.Invoke(order) ?? order, workshop.Work.Folder);
    }

    /// <summary>
    /// The transparency of the layer's first picture, row by row: unpacked here, which spares a test hundreds of processes.
    /// </summary>
    public byte[] Alpha()
    {
        var file = File.ReadAllBytes(workshop.At("layer.mkv"));
        // A block's head: track 1, time 0, whole; then zlib's own.
        var at = 4 + file.AsSpan().IndexOf([(byte)0x81, (byte)0, (byte)0, (byte)0x80, (byte)0x78]);
        using var packed = new MemoryStream(file, at, file.Length - at);
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var picture = new MemoryStream();
        zlib.CopyTo(picture);
        return [.. picture.ToArray().Where((_, i) => i % 4 == 3)];
    }

    public void Dispose() => workshop.Dispose();
}

using McpI2V.Media.Text.Layers;

namespace McpI2V.Media.Text.Drawing;

/// <summary>A text in pixels, in layers of one size that move apart from each other.</summary>
/// <param name="Plate">What lies behind the letters; null: nothing.</param>
/// <param name="Letters">The letters with their shadow and outline.</param>
/// <param name="Marked">The letters as they look while they are spoken; null: never.</param>
/// <param name="Margin">How far the block lies from the layers' edges.</param>
internal sealed record PaintedText(Raster? Plate, Raster Letters, Raster? Marked, int Margin)
{
    public int Width => Letters.Width;

    public int Height => Letters.Height;
}

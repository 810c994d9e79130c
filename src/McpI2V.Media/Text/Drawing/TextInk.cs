using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text.Drawing;

/// <summary>The colours of one text, when it is known what lies behind it.</summary>
/// <param name="Letters">The letters' colour.</param>
/// <param name="Plate">The plate's or the scrim's colour.</param>
/// <param name="PlateOpacity">How much of the picture the plate hides; 0 for none.</param>
/// <param name="IsScrim">True if the plate is only there because the picture makes it necessary, and has a soft edge.</param>
internal sealed record TextInk(Colour Letters, Colour Plate, double PlateOpacity, bool IsScrim)
{
    /// <summary>True if the letters are lighter than what is behind them is to be.</summary>
    public bool IsLight => (0.2126 * Letters.Red) + (0.7152 * Letters.Green) + (0.0722 * Letters.Blue) > 110;
}

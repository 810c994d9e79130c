namespace McpI2V.Media.Text.Moving;

/// <summary>A part of a painted text that moves by itself, in whole pixels; all tiles together cover it without a gap.</summary>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its top.</param>
/// <param name="Right">Its right edge.</param>
/// <param name="Bottom">Its foot.</param>
/// <param name="Ink">Where its letters are, across.</param>
/// <param name="Letters">How many characters it has.</param>
internal sealed record Tile(int Left, int Top, int Right, int Bottom, (double From, double To) Ink, int Letters);

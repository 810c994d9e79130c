namespace McpI2V.Media.Previews;

/// <summary>One cell of a contact sheet.</summary>
/// <param name="Asset">What is shown.</param>
/// <param name="Label">What it is, such as <c>14 · Glow, bottled. · push in</c>.</param>
/// <param name="Handle">How it is asked for; stands under the label.</param>
public sealed record SheetEntry(PreviewSource Asset, string Label, string Handle);

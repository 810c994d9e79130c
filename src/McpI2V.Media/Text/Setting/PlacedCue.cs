using McpI2V.Media.Text.Drawing;

namespace McpI2V.Media.Text.Setting;

/// <summary>A cue whose place and colours are known.</summary>
/// <param name="Cue">The words.</param>
/// <param name="Setter">What sets them.</param>
/// <param name="Block">As they are set.</param>
/// <param name="Ink">Their colours.</param>
/// <param name="X">Where the block begins in the frame.</param>
/// <param name="Y">Where the block begins in the frame.</param>
internal sealed record PlacedCue(OrderedCue Cue, Typesetter Setter, SetBlock Block, TextInk Ink, double X, double Y);

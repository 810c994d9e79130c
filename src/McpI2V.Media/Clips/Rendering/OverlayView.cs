using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Clips.Rendering;

/// <summary>What is seen of a clip by whoever lays something over it.</summary>
/// <param name="Shape">The clip as it stands before the step.</param>
/// <param name="Frames">What it shows.</param>
/// <param name="Taken">What stands on it already.</param>
/// <param name="ReadAsync">Reads what a command writes.</param>
internal sealed record OverlayView(
    ClipShape Shape,
    SmallFrames Frames,
    IReadOnlyList<TakenArea> Taken,
    Func<FfmpegCommand, Task<byte[]>> ReadAsync);

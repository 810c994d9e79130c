using McpI2V.Media.Formats;

namespace McpI2V.Media.Clips;

/// <summary>A sound file, or a clip whose sound is taken.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Duration">Its length.</param>
public sealed record AudioSource(string Path, MediaFormat Format, TimeSpan Duration);

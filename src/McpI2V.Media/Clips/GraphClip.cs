namespace McpI2V.Media.Clips;

/// <summary>A clip inside a filter graph: the labels of its streams, each to be used exactly once.</summary>
/// <param name="Video">The picture's label, without brackets.</param>
/// <param name="Audio">The sound's label; null without sound.</param>
/// <param name="Shape">What it is.</param>
public sealed record GraphClip(string Video, string? Audio, ClipShape Shape);

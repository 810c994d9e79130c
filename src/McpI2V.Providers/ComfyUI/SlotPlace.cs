namespace McpI2V.Providers.ComfyUI;

/// <summary>An input of a node of a workflow.</summary>
/// <param name="Node">The node's id.</param>
/// <param name="Input">The input's name.</param>
internal readonly record struct SlotPlace(string Node, string Input)
{
    private static readonly string[] OfFrames = ["length", "frames", "num_frames", "frame_count", "video_frames", "video_length"];

    /// <summary>True if a length is written here as a number of frames.</summary>
    public bool CountsFrames => OfFrames.Contains(Input, StringComparer.OrdinalIgnoreCase);
}

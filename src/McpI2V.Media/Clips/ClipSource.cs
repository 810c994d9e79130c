using McpI2V.Media.Formats;

namespace McpI2V.Media.Clips;

/// <summary>A master clip and the recipe that leads from it to what the user sees.</summary>
/// <param name="Path">The master's file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Shape">What the master is.</param>
/// <param name="Recipe">The local edits, in order.</param>
public sealed record ClipSource(string Path, MediaFormat Format, ClipShape Shape, IReadOnlyList<IClipOperation> Recipe)
{
    /// <summary>What the recipe makes of the master.</summary>
    /// <exception cref="MediaException">A step does not fit the clip as it stands before it; the message names the step.</exception>
    public ClipShape Result()
    {
        var shape = Shape;
        for (var i = 0; i < Recipe.Count; i++)
        {
            try
            {
                shape = Recipe[i].Apply(shape);
            }
            catch (MediaException e) when (e.Fault == MediaFault.OutOfRange)
            {
                throw new MediaException(MediaFault.OutOfRange, $"step {i + 1} ({Recipe[i].Name}): {e.Message}", e);
            }
        }
        return shape;
    }
}

using McpI2V.Media.Formats;

namespace McpI2V.Media.Clips;

/// <summary>Finds the assets that a recipe names by handle.</summary>
public interface IOperationSources
{
    /// <summary>A sound asset, or a clip for its sound.</summary>
    AudioSource Audio(string handle);

    /// <summary>A clip with its own recipe.</summary>
    ClipSource Clip(string handle);

    /// <summary>A still.</summary>
    StillSource Still(string handle);
}

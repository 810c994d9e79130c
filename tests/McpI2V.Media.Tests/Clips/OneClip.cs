using McpI2V.Media.Clips;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Tests.Clips;

/// <summary>Finds one clip under any handle, and nothing else.</summary>
internal sealed class OneClip(ClipSource? clip = null) : IOperationSources
{
    public AudioSource Audio(string handle) => throw new MediaException(MediaFault.OutOfRange, "none");

    public ClipSource Clip(string handle) => clip ?? throw new MediaException(MediaFault.OutOfRange, "none");

    public StillSource Still(string handle) => throw new MediaException(MediaFault.OutOfRange, "none");
}

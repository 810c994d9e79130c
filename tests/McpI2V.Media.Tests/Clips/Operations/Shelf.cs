using McpI2V.Media.Clips;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Tests.Clips.Operations;

/// <summary>One sound and one clip, found under any handle.</summary>
internal sealed class Shelf(AudioSource? sound = null, ClipSource? clip = null) : IOperationSources
{
    public AudioSource Audio(string handle) => sound ?? throw new MediaException(MediaFault.OutOfRange, "none");

    public ClipSource Clip(string handle) => clip ?? throw new MediaException(MediaFault.OutOfRange, "none");

    public StillSource Still(string handle) => throw new MediaException(MediaFault.OutOfRange, "none");
}

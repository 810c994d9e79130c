using McpI2V.Media.Clips;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Tests.Clips.Operations;

/// <summary>One sound, one clip and one still, found under any handle.</summary>
internal sealed class Shelf(AudioSource? sound = null, ClipSource? clip = null, StillSource? still = null) : IOperationSources
{
    public AudioSource Audio(string handle) => sound ?? throw new MediaException(MediaFault.OutOfRange, "none");

    public ClipSource Clip(string handle) => clip ?? throw new MediaException(MediaFault.OutOfRange, "none");

    public StillSource Still(string handle) => still ?? throw new MediaException(MediaFault.OutOfRange, "none");
}

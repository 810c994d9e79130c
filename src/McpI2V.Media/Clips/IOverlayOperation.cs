namespace McpI2V.Media.Clips;

/// <summary>An operation that sets something over the picture, which another of its kind at the same place and time covers.</summary>
public interface IOverlayOperation : IClipOperation
{
    /// <summary>Where it stands, in the word of its member <c>position</c>.</summary>
    string Place { get; }

    /// <summary>When it is seen.</summary>
    /// <exception cref="MediaException">It does not fit this clip (<see cref="MediaFault.OutOfRange"/>).</exception>
    IReadOnlyList<ClipSpan> SeenOn(ClipShape before);
}

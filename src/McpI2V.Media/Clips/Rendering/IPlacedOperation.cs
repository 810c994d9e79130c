using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips.Rendering;

/// <summary>An operation that lays something over the picture: where and how, by what the clip shows there at that time.</summary>
internal interface IPlacedOperation : IOverlayOperation
{
    /// <summary>Finds its place.</summary>
    Task<TextResult> PlaceAsync(OverlayView view, CancellationToken cancellationToken);
}

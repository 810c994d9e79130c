using McpI2V.Engine.Catalogue;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>Which lanes this node runs, by its role and by what is installed.</summary>
internal sealed class NodeLanes(NodeOptions node, JobLanes lanes, FfmpegRunner ffmpeg)
{
    private bool? hasFfmpeg;

    /// <summary>The lanes, each with its provider.</summary>
    public async Task<IReadOnlyList<(string Lane, string Provider)>> OwnAsync(CancellationToken cancellationToken) =>
        node.Role != NodeRole.Front ? [.. lanes.Own]
        : (hasFfmpeg ??= await HasFfmpegAsync(cancellationToken)) ? [.. lanes.Own.Where(l => l.Provider != ModelEntry.EmbeddedProvider)]
        : [];

    private async Task<bool> HasFfmpegAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ffmpeg.VersionAsync(cancellationToken) is { Length: > 0 };
        }
        catch (MediaException)
        {
            return false;
        }
    }
}

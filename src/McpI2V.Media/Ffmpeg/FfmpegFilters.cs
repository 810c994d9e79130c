namespace McpI2V.Media.Ffmpeg;

/// <summary>Which filters the ffmpeg in use has; not every build has all.</summary>
public sealed class FfmpegFilters(FfmpegRunner ffmpeg, FfmpegPrograms programs)
{
    private IReadOnlySet<string>? known;

    /// <summary>Refuses work that needs a filter which is not there.</summary>
    /// <param name="operation">What needs it.</param>
    /// <param name="needed">The filters' names; none is needed by most operations, and then ffmpeg is not asked.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="MediaException">One is missing; the message says which, and what to do.</exception>
    public async Task RequireAsync(string operation, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        if (needed.Count == 0)
        {
            return;
        }
        var there = await KnownAsync(cancellationToken);
        var missing = needed.Where(n => !there.Contains(n)).ToList();
        if (missing.Count > 0)
        {
            throw new MediaException(MediaFault.ToolMissing, $"{operation} needs ffmpeg's {string.Join(" and ", missing)}, and the " +
                $"ffmpeg in use ({programs.Ffmpeg}) was built without. Install a full build of ffmpeg, or name one in " +
                $"I2V__Media__Ffmpeg; or leave {operation} out");
        }
    }

    /// <summary>True if a filter is there.</summary>
    /// <exception cref="MediaException">ffmpeg is not installed.</exception>
    internal async Task<bool> HasAsync(string filter, CancellationToken cancellationToken) =>
        (await KnownAsync(cancellationToken)).Contains(filter);

    private async Task<IReadOnlySet<string>> KnownAsync(CancellationToken cancellationToken) =>
        known ??= await ffmpeg.FiltersAsync(cancellationToken);
}

namespace McpI2V.Media.Clips.Rendering;

/// <summary>
/// An operation that must look at the clip before anything is rendered: stabilizing, measuring loudness, following a subject. What it finds
/// is a file, kept by what was looked at, so that a clip is looked at once however often it is edited on and rendered again.
/// </summary>
public interface IAnalysingOperation : IClipOperation
{
    /// <summary>Names the way of looking and all that it depends on besides the clip.</summary>
    string AnalysisName { get; }

    /// <summary>True if it hears the clip and never sees it, so that only what is heard decides what it finds.</summary>
    bool OnlyListens => false;

    /// <summary>Other files that what it finds depends on.</summary>
    IReadOnlyList<string> LooksAtFiles => [];

    /// <summary>Other clips that what it finds depends on.</summary>
    IReadOnlyList<ClipSource> LooksAtClips => [];

    /// <summary>False if there is nothing to find on such a clip; the step is then built without.</summary>
    bool MustLookAt(ClipShape before) => true;

    /// <summary>Looks at the clip as it stands before this step, and writes what it finds where the analysis says.</summary>
    /// <exception cref="MediaException">The clip can't be decoded, ffmpeg failed, or the disk is full.</exception>
    Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken);

    /// <summary>
    /// True if a file holds all that there is to know of such a clip. A filter that writes a file of its own reports no full disk.
    /// </summary>
    bool IsWhole(string resultPath, ClipShape before);

    /// <summary>What it does otherwise than it was asked for because of what it found, each a sentence.</summary>
    IEnumerable<string> Notes(string resultPath) => [];
}

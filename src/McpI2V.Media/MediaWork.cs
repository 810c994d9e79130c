namespace McpI2V.Media;

/// <summary>Where one piece of media work happens and whom it tells about progress.</summary>
/// <param name="Folder">An existing folder of its own: temporary files, text files and child records live there.</param>
/// <param name="Progress">Told from 0 to 1; null when nobody listens.</param>
public sealed record MediaWork(string Folder, IProgress<double>? Progress = null)
{
    /// <summary>Threads the encoder may use; 0 lets it choose.</summary>
    public int EncoderThreads { get; init; }

    /// <summary>True if the work holds one of the runner's lanes, which bound it already.</summary>
    public bool HasLane { get; init; }

    /// <summary>The same work as one part of several, for progress.</summary>
    public MediaWork Part(int index, int count) =>
        Progress is { } whole ? this with { Progress = new PartProgress(whole, index, count) } : this;

    /// <summary>A path inside the work folder.</summary>
    public string At(string fileName) => Path.Combine(Folder, fileName);

    private sealed class PartProgress(IProgress<double> whole, int index, int count) : IProgress<double>
    {
        public void Report(double value) => whole.Report((index + value) / count);
    }
}

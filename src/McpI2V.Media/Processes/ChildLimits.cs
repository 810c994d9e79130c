namespace McpI2V.Media.Processes;

/// <summary>What a child may take of the machine, where the system can hold it to that (Linux, Windows).</summary>
/// <param name="MemoryBytes">The most memory of its own.</param>
/// <param name="FileBytes">The longest file it may write.</param>
public sealed record ChildLimits(long MemoryBytes, long FileBytes)
{
    /// <summary>The most files it may have open.</summary>
    public const int OpenFiles = 1024;

    /// <summary>For ffprobe, which decodes a few frames at most: probing 4K took 50 MB.</summary>
    public static readonly ChildLimits Probe = new(1_000_000_000, 0);

    /// <summary>For one decode or one picture: 64 Mi pixels of 16 bit and four channels took 600 MB.</summary>
    public static readonly ChildLimits Short = new(2_000_000_000, 1_000_000_000);
}

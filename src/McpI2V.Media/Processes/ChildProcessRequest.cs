namespace McpI2V.Media.Processes;

/// <summary>What to start and how to talk to it. Arguments are a list; no shell ever sees them.</summary>
public sealed record ChildProcessRequest
{
    /// <summary>Absolute path of the program, or a name to find on PATH.</summary>
    public required string FileName { get; init; }

    /// <summary>The arguments, one element each.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>
    /// The folder it runs in. A record of the child is kept there while it lives, so that a later process can end an orphan.
    /// </summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Writes the child's standard input; the stream is closed after it. Null: the child's input is closed at once.</summary>
    public Func<Stream, CancellationToken, Task>? Feed { get; init; }

    /// <summary>Reads the child's standard output. Null: it is read and dropped.</summary>
    public Func<Stream, CancellationToken, Task>? Drain { get; init; }

    /// <summary>The whole time it may take; 20 minutes unless set.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>What it may take of the machine.</summary>
    public required ChildLimits Limits { get; init; }

    /// <summary>True if it may reach the network, which ffmpeg never needs.</summary>
    public bool WithNetwork { get; init; }
}

namespace McpI2V.Media.Ffmpeg;

/// <summary>Where ffmpeg and ffprobe are, and how long one run may take.</summary>
public sealed record FfmpegPrograms
{
    /// <summary>Path or name of ffmpeg; found on PATH unless set (<c>I2V__Media__Ffmpeg</c>).</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";

    /// <summary>Path or name of ffprobe; found on PATH unless set (<c>I2V__Media__Ffprobe</c>).</summary>
    public string Ffprobe { get; init; } = "ffprobe";

    /// <summary>
    /// The whole time one render may take: 1 minute to 2 hours; 20 minutes unless set (<c>I2V__Media__TimeoutSeconds</c>).
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// The most memory one render may take in bytes: 500 MB to 256 GB; 8 GB unless set (<c>I2V__Media__MemoryMegabytes</c>). A 4K final
    /// took 1.8 GB on two processors.
    /// </summary>
    public long RenderMemory { get; init; } = 8_000_000_000;

    /// <summary>
    /// False if ffmpeg is to keep its network, as one that starts through a set-uid program (a snap) needs (<c>I2V__Media__Confine</c>);
    /// true unless set.
    /// </summary>
    public bool Confine { get; init; } = true;
}

namespace McpI2V.Media.Ffmpeg;

/// <summary>Where ffmpeg and ffprobe are, and how long one run may take.</summary>
public sealed record FfmpegPrograms
{
    /// <summary>Path or name of ffmpeg; found on PATH unless set (<c>I2V__Media__Ffmpeg</c>).</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";

    /// <summary>Path or name of ffprobe; found on PATH unless set (<c>I2V__Media__Ffprobe</c>).</summary>
    public string Ffprobe { get; init; } = "ffprobe";

    /// <summary>The whole time one render may take: 1 minute to 2 hours; 20 minutes unless set (<c>I2V__Media__TimeoutSeconds</c>).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);
}

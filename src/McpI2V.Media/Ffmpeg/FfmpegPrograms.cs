namespace McpI2V.Media.Ffmpeg;

/// <summary>Where ffmpeg, ffprobe and espeak-ng are, and how long one run may take: section <c>Media</c>.</summary>
public sealed class FfmpegPrograms(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public FfmpegPrograms()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>Path or name of ffmpeg; a name is found on PATH.</summary>
    public string Ffmpeg { get; init; } = settings.Text("Ffmpeg") ?? "ffmpeg";

    /// <summary>Path or name of ffprobe; a name is found on PATH.</summary>
    public string Ffprobe { get; init; } = settings.Text("Ffprobe") ?? "ffprobe";

    /// <summary>Path or name of espeak-ng, which speaks where it is installed; a name is found on PATH.</summary>
    public string Espeak { get; init; } = settings.Text("Espeak") ?? "espeak-ng";

    /// <summary>The whole time one render may take.</summary>
    public TimeSpan Timeout { get; init; } = settings.Seconds("TimeoutSeconds", 1_200, from: 60, to: 7_200);

    /// <summary>The most memory one render may take in bytes. A 4K final took 1.8 GB on two processors.</summary>
    public long RenderMemory { get; init; } = settings.Megabytes("MemoryMegabytes", 8_000, from: 500, to: 256_000);

    /// <summary>False if drafts are to be encoded by x264 even where this machine has an encoder of its own.</summary>
    public bool MachineEncoder { get; init; } = settings.Flag("MachineEncoder", unlessSet: true);

    /// <summary>False if ffmpeg is to keep its network, as one that starts through a set-uid program (a snap) needs.</summary>
    public bool Confine { get; init; } = settings.Flag("Confine", unlessSet: true);
}

namespace McpI2V.Media.Ffmpeg;

/// <summary>What a file must be to be taken by whoever shows it.</summary>
public sealed record Delivery
{
    /// <summary>How far key frames lie apart at most, in seconds; every group of pictures is closed.</summary>
    public double KeyFrameSeconds { get; set; } = 2;

    /// <summary>The most that the picture takes, in kilobits a second.</summary>
    public int MostPictureKilobits { get; set; } = 16_000;

    /// <summary>
    /// What the picture takes at least, in kilobits a second: a flat one needs less, and then shows bands and blocks once whoever shows it
    /// has encoded it again.
    /// </summary>
    public int LeastPictureKilobits { get; set; } = 1_000;

    /// <summary>What the sound takes, in kilobits a second.</summary>
    public int SoundKilobits { get; set; } = 192;

    /// <summary>Frames a second that it stays below; null: as the clip has them.</summary>
    public int? FramesBelow { get; init; }

    /// <summary>True if the file says in its XMP that a generative model had a hand in it.</summary>
    public bool SaysGenerated { get; init; }

    /// <summary>The frames a second of a clip's file.</summary>
    /// <param name="framesPerSecond">The clip's own.</param>
    public double FramesPerSecond(double framesPerSecond) => FramesBelow is { } below && framesPerSecond >= below
        ? below * 1000 / 1001.0
        : framesPerSecond;
}

namespace McpI2V.Media.Examining;

/// <summary>What was found in a finished clip.</summary>
public sealed record ClipFindings
{
    /// <summary>The longest time without a picture in its midst; null where there is none.</summary>
    public (double At, double Seconds)? Black { get; init; }

    /// <summary>How long its picture stands still at the longest, in seconds.</summary>
    public double FrozenSeconds { get; init; }

    /// <summary>How much its light jumps back and forth from frame to frame, as a share of full scale.</summary>
    public double Flicker { get; init; }

    /// <summary>True if nothing is to be seen in its first frame.</summary>
    public bool BeginsEmpty { get; init; }

    /// <summary>Its loudness in LUFS (ITU-R BS.1770-4), minus infinity for silence; null without sound.</summary>
    public double? Lufs { get; init; }

    /// <summary>Its true peak in dBTP; null without sound.</summary>
    public double? TruePeakDb { get; init; }

    /// <summary>True if it has sound and nothing of it is heard: below -60 dB of full scale.</summary>
    public bool IsSilent => TruePeakDb < -60;

    /// <summary>The first frame of every second, a grey square each, for <see cref="Likeness"/>.</summary>
    public IReadOnlyList<byte[]> Seconds { get; init; } = [];
}

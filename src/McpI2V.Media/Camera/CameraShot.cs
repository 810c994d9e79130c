using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera;

/// <summary>
/// One camera move over a still, or from one still to another: everything a render needs, so that rendering it twice gives the same clip.
/// </summary>
public sealed record CameraShot
{
    /// <summary>The longest shot: 60 seconds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The frame rates that can be asked for.</summary>
    public static readonly IReadOnlyList<int> FrameRates = [24, 25, 30, 60];

    /// <summary>The still the shot begins on.</summary>
    public required StillSource Still { get; init; }

    /// <summary>The still the shot ends on, reached as <see cref="StillEnding"/> says; null: none.</summary>
    public StillSource? EndStill { get; init; }

    /// <summary>A cut-out in front, for parallax; null: none.</summary>
    public CutOut? CutOut { get; init; }

    /// <summary>The move.</summary>
    public required CameraPath Path { get; init; }

    /// <summary>The length, more than zero and at most <see cref="Longest"/>.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Frames a second, one of <see cref="FrameRates"/>.</summary>
    public int FramesPerSecond { get; init; } = 30;

    /// <summary>The clip's size; both sides even.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>Where the subject is, each axis 0 to 1; the frame stays as close to it as the still allows.</summary>
    public (double X, double Y) Focus { get; init; } = (0.5, 0.5);

    /// <summary>The part of the still that the camera begins on; null: the whole, around <see cref="Focus"/>, unless the move crosses
    /// it.</summary>
    public FramedPart? Start { get; init; }

    /// <summary>The part that it ends on; null: as <see cref="Start"/>.</summary>
    public FramedPart? End { get; init; }

    /// <summary>What shows through a transparent still.</summary>
    public Colour Backdrop { get; init; } = new(244, 243, 240);

    /// <summary>How long the shutter is open for a frame, 0 to 360 degrees of the time between two: motion blur; 0: none.</summary>
    public double ShutterDegrees { get; init; }

    /// <summary>How carefully it is encoded.</summary>
    public EncodeQuality Quality { get; init; } = EncodeQuality.Standard;

    /// <summary>Written into the file's comment tag; null: nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>How many frames the clip has.</summary>
    public int Frames => Math.Max(1, (int)Math.Round(Duration.TotalSeconds * FramesPerSecond));

    /// <summary>The move over a still of a size.</summary>
    public CameraPath PathOver(PixelSize still) => Path with { Travel = Travel.Of(this, still) };
}

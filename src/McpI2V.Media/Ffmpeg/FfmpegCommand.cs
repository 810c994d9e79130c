using System.Globalization;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Ffmpeg;

/// <summary>Builds one ffmpeg command line as a list of arguments: inputs with their guards, a filter graph, one output.</summary>
internal sealed class FfmpegCommand
{
    /// <summary>How many samples ffmpeg's AAC encoder puts before the sound.</summary>
    public const int SoundPriming = 1024;

    private readonly List<string> devices = [];
    private readonly List<string> inputs = [];
    private readonly List<string> output = [];
    private string? graph;

    /// <summary>How many inputs there are so far; the next one gets this index.</summary>
    public int InputCount { get; private set; }

    /// <summary>How long the result will be, for progress; zero when it is not known.</summary>
    public TimeSpan ExpectedDuration { get; set; }

    /// <summary>A file from the library or one being imported. Returns the input's index.</summary>
    public int File(string path, MediaFormat format, params ReadOnlySpan<string> before)
    {
        inputs.AddRange(before);
        inputs.AddRange(HostileInput.Flags(format));
        if (format.Kind == MediaKind.Still)
        {
            // A still's orientation is applied by StillGraph, the same for every format.
            inputs.Add("-noautorotate");
        }
        inputs.AddRange(["-i", "file:" + Path.GetFullPath(path)]);
        return InputCount++;
    }

    /// <summary>Frames that this program writes to ffmpeg's standard input. Returns the input's index.</summary>
    public int RawFrames(PixelSize size, int framesPerSecond)
    {
        inputs.AddRange([
            "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", size.ToString(), "-framerate", framesPerSecond.ToString(),
            "-color_range", "tv", "-colorspace", "bt709", "-i", "pipe:0",
        ]);
        return InputCount++;
    }

    /// <summary>A layer that this program drew into the work folder. Returns the input's index.</summary>
    public int Layer(string path)
    {
        inputs.AddRange([
            "-protocol_whitelist", "file", "-format_whitelist", "matroska", "-codec_whitelist", "rawvideo", "-f", "matroska", "-i",
            "file:" + Path.GetFullPath(path),
        ]);
        return InputCount++;
    }

    /// <summary>Numbered JPEGs that this program wrote into the work folder. Returns the input's index.</summary>
    public int Sequence(string pattern)
    {
        inputs.AddRange([
            "-protocol_whitelist",
            "file",
            "-format_whitelist",
            "image2",
            "-codec_whitelist",
            "mjpeg",
            "-f",
            "image2",
            "-framerate",
            "1",
            "-i",
            "file:" + pattern,
        ]);
        return InputCount++;
    }

    /// <summary>The filter graph. It never holds text of a user's: only numbers, labels and names of files that we wrote.</summary>
    public FfmpegCommand Graph(string filterGraph)
    {
        graph = filterGraph;
        return this;
    }

    /// <summary>Adds output options.</summary>
    public FfmpegCommand Output(params ReadOnlySpan<string> options)
    {
        output.AddRange(options);
        return this;
    }

    /// <summary>H.264 High in 4:2:0, tagged bt709, index first, with AAC where there is sound, and no metadata but our own.</summary>
    /// <param name="quality">How carefully.</param>
    /// <param name="threads">How many threads encode; 0: ffmpeg's choice.</param>
    /// <param name="comment">Written into the file; null: nothing.</param>
    /// <param name="kilobits">What the picture takes a second, however few would do; null: as many as it needs.</param>
    public FfmpegCommand H264(EncodeQuality quality, int threads, string? comment, int? kilobits = null)
    {
        var (preset, crf) = quality switch
        {
            EncodeQuality.Draft => ("superfast", "26"),
            EncodeQuality.Best => ("slow", "13"),
            // What is exported from it is encoded again: at 14 that costs 0.04 dB against an encode of the frames themselves, at 19 0.13.
            _ => ("veryfast", "14"),
        };
        Output("-c:v", "libx264", "-preset", preset, "-profile:v", "high", "-pix_fmt", "yuv420p");
        Output(kilobits is null ? ["-crf", crf] : ["-b:v", $"{kilobits}k"]);
        // x264's slow takes five, which makes 1080 by 1920 level 5.0; phones and platforms promise 4.2.
        if (quality == EncodeQuality.Best)
        {
            Output("-refs", "4");
        }
        return Tagged(threads, comment);
    }

    /// <summary>The same by an encoder of this machine.</summary>
    /// <param name="encoder">Which; its <see cref="MachineEncoder.Upload"/> is the last of the picture's filters.</param>
    /// <param name="threads">How many threads encode; 0: ffmpeg's choice.</param>
    /// <param name="comment">Written into the file; null: nothing.</param>
    public FfmpegCommand H264(MachineEncoder encoder, int threads, string? comment)
    {
        devices.AddRange(encoder.Device);
        return Output("-c:v", encoder.Codec).Output([.. encoder.Options]).Tagged(threads, comment);
    }

    private FfmpegCommand Tagged(int threads, string? comment) =>
        Output("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv").Wrapped(threads, comment);

    /// <summary>A picture as it is encoded already, with AAC where there is sound, and no metadata but our own.</summary>
    public FfmpegCommand Copied(int threads, string? comment) => Output("-c:v", "copy").Wrapped(threads, comment);

    private FfmpegCommand Wrapped(int threads, string? comment)
    {
        Output("-c:a", "aac", "-b:a", "192k", "-ar", "48000", "-ac", "2");
        Output(
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-fflags",
            "+bitexact",
            "-movflags",
            "+faststart",
            "-threads",
            threads.ToString());
        return comment is null ? this : Output("-metadata", "comment=" + comment);
    }

    /// <summary>Key frames at most so far apart; x264's groups of pictures are closed.</summary>
    public FfmpegCommand KeyFrames(double framesPerSecond, double seconds) =>
        Output("-g", Math.Max(1, (int)Math.Round(framesPerSecond * seconds)).ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Bounds what H264 left open, and writes no edit list: the first picture is shown at zero by offsets below it, and the sound must come
    /// without its first <see cref="SoundPriming"/> samples, whose place those of the encoder's start take.
    /// </summary>
    public FfmpegCommand Delivered(Delivery delivery, double framesPerSecond)
    {
        var rate = delivery.MostPictureKilobits;
        return KeyFrames(framesPerSecond, delivery.KeyFrameSeconds)
            .Output("-bf", "2", "-maxrate", $"{rate}k", "-bufsize", $"{2 * rate}k", "-b:a", $"{delivery.SoundKilobits}k")
            .Output("-use_editlist", "0", "-movflags", "+faststart+negative_cts_offsets");
    }

    /// <summary>The arguments, ending with the output file.</summary>
    public IReadOnlyList<string> To(string outputPath)
    {
        List<string> all =
            ["-hide_banner", "-nostdin", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y", .. devices, .. inputs];
        if (graph is not null)
        {
            all.AddRange(["-filter_complex", graph]);
        }
        return [.. all, .. output, "file:" + Path.GetFullPath(outputPath)];
    }

    /// <summary>The arguments for a result that is read from standard output.</summary>
    public IReadOnlyList<string> ToPipe()
    {
        List<string> all = ["-hide_banner", "-nostdin", "-loglevel", "error", "-nostats", .. inputs];
        if (graph is not null)
        {
            all.AddRange(["-filter_complex", graph]);
        }
        return [.. all, .. output, "pipe:1"];
    }

    /// <summary>A number as a filter graph wants it: point as decimal separator, no exponent.</summary>
    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing.Headers;

namespace McpI2V.Media.Probing;

/// <summary>Finds out what a file is: by its bytes, its structure, and one guarded decode.</summary>
/// <param name="ffmpeg">What decodes.</param>
/// <param name="mayGoUnseen">True where a picture may be taken in by its header alone while there is no ffmpeg.</param>
public sealed class MediaProbe(FfmpegRunner ffmpeg, bool mayGoUnseen = false)
{
    /// <summary>The smallest side a still may have, in pixels.</summary>
    public const int MinimumSide = 16;

    /// <summary>The longest clip or sound that is taken in.</summary>
    public static readonly TimeSpan LongestClip = TimeSpan.FromMinutes(30);

    /// <summary>The size of a still of this program's own making, from its header.</summary>
    /// <exception cref="MediaException">It is damaged.</exception>
    public static PixelSize SizeOf(string path, MediaFormat format) => StillHeader.Read(path, format).Stored;

    /// <summary>Probes a still: size from its header before anything is decoded, then one small decode.</summary>
    /// <exception cref="MediaException">It is too small, too large, cut short or can't be decoded.</exception>
    public async Task<StillFacts> StillAsync(string path, MediaFormat format, MediaWork work, CancellationToken cancellationToken)
    {
        ContainerStructure.RequireWhole(path, format);
        var (stored, orientation) = format == MediaFormat.Avif
            ? new StillHeader(await SizeByProbeAsync(path, format, cancellationToken), 1)
            : StillHeader.Read(path, format);
        RequireSize(stored, format);
        var size = orientation >= 5 ? new PixelSize(stored.Height, stored.Width) : stored;
        try
        {
            var look = await StillStatisticsProbe.MeasureAsync(ffmpeg, path, format, stored, work, cancellationToken);
            return new StillFacts(size, orientation, look.HasAlpha, look.Look);
        }
        // Nothing of it is transparent; whatever decodes it first tells what is broken.
        catch (MediaException e) when (e.Fault == MediaFault.ToolMissing && mayGoUnseen && format == MediaFormat.Jpeg)
        {
            return new StillFacts(size, orientation, HasAlpha: false, Look: null);
        }
    }

    /// <summary>Probes a clip or sound, counting its packets.</summary>
    /// <exception cref="MediaException">It is cut short, too long, or holds nothing to show or hear.</exception>
    public async Task<ClipFacts> ClipAsync(string path, MediaFormat format, CancellationToken cancellationToken)
    {
        ContainerStructure.RequireWhole(path, format);
        var report = await ReportAsync(path, format, countPackets: true, cancellationToken);
        var video = report.Streams?.FirstOrDefault(s => s.CodecType == "video");
        var audio = report.Streams?.FirstOrDefault(s => s.CodecType == "audio");
        var duration = Seconds(report.Format?.Duration) ?? Seconds(video?.Duration) ?? Seconds(audio?.Duration) ?? TimeSpan.Zero;
        if (format.Kind == MediaKind.Audio)
        {
            if (audio is null || duration <= TimeSpan.Zero)
            {
                throw new MediaException(MediaFault.Unreadable, "it holds no sound that can be decoded; convert it to WAV or MP3");
            }
            return new ClipFacts(default, Bounded(duration), 0, 0, null, audio.CodecName);
        }
        if (video is null || duration <= TimeSpan.Zero)
        {
            throw new MediaException(MediaFault.Unreadable, "it holds no moving picture that can be decoded; convert it to H.264 in MP4");
        }
        var rotated = video.SideData?.Any(d => Math.Abs(d.Rotation) % 180 == 90) ?? false;
        var size = rotated ? new PixelSize(video.Height, video.Width) : new PixelSize(video.Width, video.Height);
        RequireSize(size, format);
        var rate = Rate(video.AverageFrameRate);
        var packets = long.TryParse(video.PacketCount, out var count) ? count : 0;
        // Half the frames that the header promises are missing: a file cut inside a structure that hides it.
        if (packets == 0 || (rate > 0 && packets < duration.TotalSeconds * rate * 0.5))
        {
            throw new MediaException(MediaFault.Unreadable, $"it promises {duration.TotalSeconds:0.0} s and has only {packets} " +
                "frames; copy or render it again");
        }
        return new ClipFacts(size, Bounded(duration), rate, packets, video.CodecName, audio?.CodecName)
        {
            Tags = ColourTags.FromStream(video.ColourSpace, video.ColourTransfer, video.ColourRange, video.Height),
        };
    }

    private async Task<PixelSize> SizeByProbeAsync(string path, MediaFormat format, CancellationToken cancellationToken)
    {
        var report = await ReportAsync(path, format, countPackets: false, cancellationToken);
        var picture = report.Streams?.FirstOrDefault(s => s.CodecType == "video")
            ?? throw new MediaException(MediaFault.Unreadable, "it holds no picture; give another file");
        return new PixelSize(picture.Width, picture.Height);
    }

    private async Task<FfprobeReport> ReportAsync(string path, MediaFormat format, bool countPackets, CancellationToken cancellationToken)
    {
        List<string> arguments = ["-v", "error", .. HostileInput.Flags(format), "-show_streams", "-show_format", "-of", "json"];
        if (countPackets)
        {
            arguments.Add("-count_packets");
        }
        var json = await ffmpeg.ProbeAsync([.. arguments, "-i", "file:" + Path.GetFullPath(path)], cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(json, FfprobeJson.Default.FfprobeReport) ?? new FfprobeReport(null, null);
        }
        catch (JsonException e)
        {
            throw new MediaException(MediaFault.Unreadable, "the numbers in it make no sense to ffprobe; save it again", e);
        }
    }

    private static void RequireSize(PixelSize size, MediaFormat format)
    {
        if (size.Pixels == 0)
        {
            throw new MediaException(MediaFault.Unreadable, $"its picture can't be read, or has more " +
                $"than {HostileInput.MaxPixels(format) / 1_000_000} million pixels; convert it to H.264 of at most 8192 on the long side");
        }
        if (size.ShortSide < MinimumSide)
        {
            throw new MediaException(MediaFault.Unreadable,
                $"it is {size} pixels; at least {MinimumSide}x{MinimumSide} are needed, and 1080 on the short side to look good");
        }
        if (size.Pixels > HostileInput.MaxPixels(format))
        {
            throw new MediaException(MediaFault.Unreadable, $"it is {size} pixels, more than the limit " +
                $"of {HostileInput.MaxPixels(format) / 1_000_000} million; scale it down to at most 8192 on the long side");
        }
    }

    private static TimeSpan Bounded(TimeSpan duration) =>
        duration <= LongestClip
            ? duration
            : throw new MediaException(MediaFault.Unreadable,
                $"it lasts {duration.TotalMinutes:0} minutes; at most {LongestClip.TotalMinutes:0} are taken in. Cut it first");

    private static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e7
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static double Rate(string? text)
    {
        var parts = text?.Split('/') ?? [];
        return parts.Length == 2 && double.TryParse(parts[0], out var n) && double.TryParse(parts[1], out var d) && d > 0 ? n / d : 0;
    }
}

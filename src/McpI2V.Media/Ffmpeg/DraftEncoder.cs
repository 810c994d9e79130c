using System.Globalization;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Ffmpeg;

/// <summary>
/// Who encodes drafts: the machine's own encoder where a trial shows that it works here and keeps the picture, else x264. One that fails
/// at a render is not asked again.
/// </summary>
internal sealed class DraftEncoder(FfmpegRunner ffmpeg, IReadOnlyList<MachineEncoder> candidates)
{
    private const double LeastDecibels = 40;

    // Moving edges, flat fields and thin lines, for a second.
    private const string Picture = "testsrc2=s=640x360:r=30:d=1,format=yuv420p";
    private const int FrameBytes = 640 * 360 * 3 / 2;
    private Verdict? found;

    /// <summary>Who encodes them, by a trial if there was none.</summary>
    public async Task<Verdict> FindAsync(MediaWork work, CancellationToken cancellationToken) =>
        found ??= await TryAllAsync(work, cancellationToken);

    /// <summary>Who encodes drafts.</summary>
    /// <param name="Encoder">The machine's own; null: x264.</param>
    /// <param name="Words">Who, and what the trial showed.</param>
    internal sealed record Verdict(MachineEncoder? Encoder, string Words);

    /// <summary>It failed at a render.</summary>
    public void GiveUp(MachineEncoder encoder, string reason) =>
        found = new Verdict(null, $"libx264: {encoder.Codec} was tried and failed later ({reason})");

    private async Task<Verdict> TryAllAsync(MediaWork work, CancellationToken cancellationToken)
    {
        List<string> refused = [];
        foreach (var candidate in candidates)
        {
            try
            {
                var decibels = await TryAsync(candidate, work, cancellationToken);
                var kept = string.Create(CultureInfo.InvariantCulture, $"{decibels:0.0} dB");
                if (decibels >= LeastDecibels)
                {
                    return new Verdict(candidate, $"{candidate.Codec}: its trial kept {kept}");
                }
                refused.Add($"{candidate.Codec} keeps only {kept} of {LeastDecibels}");
            }
            catch (MediaException e) when (e.Fault is not MediaFault.StorageFull)
            {
                refused.Add($"{candidate.Codec} does not work here");
            }
        }
        return new Verdict(
            null,
            refused.Count == 0 ? "libx264: this machine has no encoder of its own" : $"libx264: {string.Join(", ", refused)}");
    }

    // How near what it makes is to what it was given; 0 if frames are missing.
    private async Task<double> TryAsync(MachineEncoder candidate, MediaWork work, CancellationToken cancellationToken)
    {
        var path = work.At($"trial-{candidate.Codec}.mp4");
        var made = new FfmpegCommand();
        made.Graph($"{Picture},{candidate.Upload ?? "null"}[o]").Output("-map", "[o]").H264(candidate, threads: 0, comment: null);
        await ffmpeg.RenderStillAsync(made, path, work, cancellationToken);
        var (given, kept) = (new FfmpegCommand(), new FfmpegCommand());
        given.Graph($"{Picture}[o]").Output("-map", "[o]", "-f", "rawvideo");
        kept.Graph($"[{kept.File(path, MediaFormat.Mp4)}:v:0]format=yuv420p[o]").Output("-map", "[o]", "-f", "rawvideo");
        var one = await ffmpeg.ReadAsync(given, work, cancellationToken);
        var other = await ffmpeg.ReadAsync(kept, work, cancellationToken);
        if (one.Length != other.Length || one.Length < FrameBytes)
        {
            return 0;
        }
        var error = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            var apart = one[i] - other[i];
            error += apart * apart;
        }
        return 10 * Math.Log10(255 * 255 / Math.Max(error / one.Length, 1e-9));
    }
}

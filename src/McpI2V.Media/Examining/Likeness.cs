using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Examining;

/// <summary>
/// How much of a still's subject is left in a clip as it goes on: its middle is looked for in a frame of each second, at any place and at
/// some sizes, and compared.
/// </summary>
public sealed class Likeness(FfmpegRunner ffmpeg)
{
    private const int Side = 64;
    private const int Subject = 32;
    private const int Step = 2;
    private const int MostSeconds = 20;

    // Where the middle is of one colour there is nothing to be found again.
    private const double LeastContrast = 4;

    // A camera that comes nearer or goes away.
    private static readonly double[] Scales = [0.75, 0.87, 1, 1.15, 1.3, 1.5, 1.75, 2];

    /// <summary>
    /// From 1 (the same) to 0 (nothing of it), for the beginning and for every second after it; nothing where the middle of the still is of
    /// one colour.
    /// </summary>
    /// <exception cref="MediaException">One of them can't be decoded.</exception>
    public async Task<IReadOnlyList<double>> BySecondAsync(
        (string Path, MediaFormat Format) still,
        (string Path, MediaFormat Format) clip,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var first = await GreyAsync(still, "", 1, work, cancellationToken);
        var seconds = await GreyAsync(clip, "fps=1:round=near:start_time=0,", MostSeconds, work, cancellationToken);
        return BySecond(first, seconds);
    }

    /// <summary>The same of grey squares of that side.</summary>
    internal static IReadOnlyList<double> BySecond(byte[] still, byte[] frames)
    {
        var subject = Sampled(still, (Side - Subject) / 2.0, (Side - Subject) / 2.0, 1);
        if (still.Length < Side * Side || Contrast(still) < LeastContrast)
        {
            return [];
        }
        return [.. frames.Chunk(Side * Side).Where(f => f.Length == Side * Side).Select(f => Best(subject, f))];
    }

    private static double Contrast(byte[] still)
    {
        var middle = Enumerable.Range((Side - Subject) / 2, Subject)
            .SelectMany(y => still.Skip((y * Side) + ((Side - Subject) / 2)).Take(Subject).Select(v => (double)v))
            .ToArray();
        var mean = middle.Average();
        return Math.Sqrt(middle.Average(v => (v - mean) * (v - mean)));
    }

    private async Task<byte[]> GreyAsync(
        (string Path, MediaFormat Format) file,
        string before,
        int most,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var index = command.File(file.Path, file.Format);
        command
            .Graph($"[{index}:v:0]{before}scale={Side}:{Side}:flags=area,format=yuv420p,extractplanes=y[o]")
            .Output("-map", "[o]", "-frames:v", most.ToString(System.Globalization.CultureInfo.InvariantCulture), "-f", "rawvideo");
        return await ffmpeg.ReadAsync(command, work, cancellationToken);
    }

    private static double Best(double[] subject, byte[] frame)
    {
        var best = 0.0;
        foreach (var scale in Scales)
        {
            var room = Side - (Subject * scale);
            for (var y = 0.0; y <= room; y += Step)
            {
                for (var x = 0.0; x <= room; x += Step)
                {
                    best = Math.Max(best, Correlation(subject, Sampled(frame, x, y, scale)));
                }
            }
        }
        return best;
    }

    private static double[] Sampled(byte[] frame, double left, double top, double scale)
    {
        var patch = new double[Subject * Subject];
        for (var y = 0; y < Subject; y++)
        {
            // Between four pixels, at the middle of what each is a part of.
            var down = Math.Clamp(top + ((y + 0.5) * scale) - 0.5, 0, Side - 1);
            var (row, belowShare) = ((int)down * Side, down - (int)down);
            var below = row + (belowShare > 0 ? Side : 0);
            for (var x = 0; x < Subject; x++)
            {
                var across = Math.Clamp(left + ((x + 0.5) * scale) - 0.5, 0, Side - 1);
                var (column, nextShare) = ((int)across, across - (int)across);
                var next = column + (nextShare > 0 ? 1 : 0);
                patch[(y * Subject) + x] = ((1 - belowShare) * (((1 - nextShare) * frame[row + column]) + (nextShare * frame[row + next])))
                    + (belowShare * (((1 - nextShare) * frame[below + column]) + (nextShare * frame[below + next])));
            }
        }
        var mean = patch.Average();
        var length = 0.0;
        for (var i = 0; i < patch.Length; i++)
        {
            patch[i] -= mean;
            length += patch[i] * patch[i];
        }
        length = Math.Sqrt(length);
        for (var i = 0; i < patch.Length && length > 0; i++)
        {
            patch[i] /= length;
        }
        return patch;
    }

    private static double Correlation(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }
        return sum;
    }
}

using System.Globalization;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Geometry;

namespace McpI2V.Bench;

/// <summary>How far a push in strays from its ideal path: dots on a still are found in every frame, to a hundredth of a pixel.</summary>
internal static class Motion
{
    private const int Columns = 5;
    private const int Rows = 8;
    private const double Sigma = 7;
    private static readonly PixelSize Still = new(2160, 3840);

    public static async Task RunAsync(string root)
    {
        var folder = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        var work = new MediaWork(folder);
        var still = Path.Combine(folder, "dots.jpg");
        await DrawDotsAsync(folder, still);
        var shot = CameraShots.PushIn(still, Still);
        var frames = Path.Combine(folder, "frames.yuv");
        await CameraShots.WriteFramesAsync(shot, frames, work);
        var ours = await RmsAsync(shot, frames);

        // zoompan with the same zoom, frame by frame: z is a power of the same cosine easing.
        var zoom = "pow(1.25\\,(1-cos(PI*on/149))/2)";
        await Sample.RunAsync("ffmpeg", $"-v error -y -i \"{still}\" -vf " +
            $"\"zoompan=z='{zoom}':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)':d=150:s=1080x1920:fps=30,format=yuv420p\" -frames:v 150 -f " +
            $"rawvideo \"{frames}\"");
        var zoompan = await RmsAsync(shot, frames);
        Directory.Delete(folder, recursive: true);
        Sample.Say($"push in against the ideal path, {Columns * Rows} dots in {shot.Frames} frames: RMS {Sample.Number(ours, "0.000")} " +
            $"px (at most 0.1); zoompan {Sample.Number(zoompan, "0.000")} px");
    }

    private static (double X, double Y) Dot(int index) => (430 + (index % Columns * 325.3), 760 + (index / Columns * 331.7));

    private static async Task DrawDotsAsync(string folder, string still)
    {
        var gray = new byte[Still.Pixels];
        Array.Fill(gray, (byte)40);
        for (var dot = 0; dot < Columns * Rows; dot++)
        {
            var (cx, cy) = Dot(dot);
            for (var y = (int)cy - 40; y <= cy + 40; y++)
            {
                for (var x = (int)cx - 40; x <= cx + 40; x++)
                {
                    var square = ((x + 0.5 - cx) * (x + 0.5 - cx)) + ((y + 0.5 - cy) * (y + 0.5 - cy));
                    gray[(y * Still.Width) + x] = (byte)Math.Round(40 + (190 * Math.Exp(-square / (2 * Sigma * Sigma))));
                }
            }
        }
        var raw = Path.Combine(folder, "dots.gray");
        await File.WriteAllBytesAsync(raw, gray);
        await Sample.RunAsync("ffmpeg",
            $"-v error -y -f rawvideo -pix_fmt gray -video_size {Still} -i \"{raw}\" -q:v 1 -pix_fmt yuvj444p \"{still}\"");
    }

    private static async Task<double> RmsAsync(CameraShot shot, string frames)
    {
        var framing = Framing.FromPath(Still, shot.Size, shot.Path, shot.Duration, shot.Focus);
        await using var file = File.OpenRead(frames);
        var frame = new byte[shot.Size.Pixels * 3 / 2];
        double squares = 0;
        var count = 0;
        for (var number = 0; number < shot.Frames; number++)
        {
            await file.ReadExactlyAsync(frame);
            var homography = framing.See(shot.Path.At((double)number / (shot.Frames - 1), shot.Duration));
            for (var dot = 0; dot < Columns * Rows; dot++)
            {
                var (x, y) = Dot(dot);
                // An upright view, backwards: from the still to the frame.
                var (idealX, idealY) = ((x - homography.C) / homography.A, (y - homography.F) / homography.E);
                if (idealX < 60 || idealY < 60 || idealX > shot.Size.Width - 60 || idealY > shot.Size.Height - 60)
                {
                    continue;
                }
                var (foundX, foundY) = Centroid(frame, shot.Size.Width, idealX, idealY);
                squares += ((foundX - idealX) * (foundX - idealX)) + ((foundY - idealY) * (foundY - idealY));
                count++;
            }
        }
        return Math.Sqrt(squares / count);
    }

    private static (double X, double Y) Centroid(byte[] frame, int width, double nearX, double nearY)
    {
        double sum = 0, sumX = 0, sumY = 0;
        for (var y = (int)nearY - 22; y <= nearY + 22; y++)
        {
            for (var x = (int)nearX - 22; x <= nearX + 22; x++)
            {
                var weight = Math.Max(0, frame[(y * width) + x] - 60.0);
                (sum, sumX, sumY) = (sum + weight, sumX + (weight * (x + 0.5)), sumY + (weight * (y + 0.5)));
            }
        }
        return sum == 0
            ? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"no dot near {nearX} {nearY}"))
            : (sumX / sum, sumY / sum);
    }
}

using McpI2V.Media;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Geometry;

namespace McpI2V.Bench;

/// <summary>A 5 s push in from a 12 MP JPEG, against encoding the same frames alone with the same settings.</summary>
internal static class PushIn
{
    private const int Rounds = 5;

    public static async Task RunAsync(string root)
    {
        var folder = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        var work = new MediaWork(folder);
        var still = Path.Combine(folder, "still.jpg");
        // A little grain, as a photograph has: a clean render would make the encoder's half too easy.
        await Sample.RunAsync("ffmpeg", $"-v error -y -i \"{Path.Combine(root, "samples", "bottle.jpg")}\" -vf " +
            $"\"scale=3000:4000:force_original_aspect_ratio=increase,crop=3000:4000,noise=alls=6:allf=p\" -q:v 2 \"{still}\"");
        var shot = CameraShots.PushIn(still, new PixelSize(3000, 4000));
        var frames = Path.Combine(folder, "frames.yuv");
        await CameraShots.WriteFramesAsync(shot, frames, work);
        List<double> ours = [], alone = [];
        for (var i = 0; i <= Rounds; i++)
        {
            var whole = await Sample.SecondsAsync(() => new CameraRenderer(CameraShots.Ffmpeg).RenderAsync(
                shot,
                work.At("out.mp4"),
                work,
                CancellationToken.None));
            var encode = await Sample.SecondsAsync(() =>
                CameraShots.EncodeAsync(frames, shot.Size, shot.FramesPerSecond, shot.Quality, work));
            if (i > 0)
            {
                ours.Add(whole);
                alone.Add(encode);
            }
        }
        Directory.Delete(folder, recursive: true);
        var (our, their) = (Sample.Median(ours), Sample.Median(alone));
        Sample.Say($"5 s 1080x1920 push in from 12 MP, medians of {Rounds}: whole {Sample.Number(our)} s, encoding the same frames " +
            $"alone {Sample.Number(their)} s, ratio {Sample.Number(our / their)} (at most 1.2)");
    }
}

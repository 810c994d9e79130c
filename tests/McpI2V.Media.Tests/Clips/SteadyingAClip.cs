using System.Globalization;
using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Geometry;
using McpI2V.Media.Tests.Camera;

namespace McpI2V.Media.Tests.Clips;

public sealed class SteadyingAClip : IDisposable
{
    private const int Width = 480;
    private const int Height = 270;
    private const int Frames = 75;
    private readonly TestRenders renders = new();

    public void Dispose() => renders.Dispose();

    [Fact]
    public async Task A_shaken_clip_moves_a_third_as_much_at_most_and_shows_no_edge()
    {
        var shaken = await ShakenAsync();

        var path = await renders.RenderAsync(shaken with { Recipe = [Step("""{"op":"stabilize"}""")] });

        var (before, after) = (await MotionAsync(shaken.Path), await MotionAsync(path));
        TestContext.Current.TestOutputHelper?.WriteLine($"motion a frame: {before:0.00} px before, {after:0.00} px after");
        Assert.True(before > 2, $"the clip is shaken by {before:0.00} px a frame");
        Assert.True(after <= before / 3, $"{after:0.00} px a frame are left of {before:0.00}");
        // The clip is bright within a black edge of two pixels, so whatever is darker is that edge or lies outside.
        var gray = await GrayAsync(path, $"{Width}:{Height}");
        Assert.Equal(Frames, gray.Length / (Width * Height));
        Assert.True(gray.Min() > 70, $"the darkest pixel is {gray.Min()}");
        Assert.NotEmpty(await renders.ReadAsync(path, "[0:a]aformat=sample_fmts=s16", "s16le"));
    }

    [Fact]
    public async Task A_clip_whose_sound_outlasts_its_picture_is_steadied_too()
    {
        var shaken = await ShakenAsync(soundSeconds: 3.4);

        var path = await renders.RenderAsync(shaken with { Recipe = [Step("""{"op":"stabilize"}""")] });

        Assert.True(await MotionAsync(path) <= await MotionAsync(shaken.Path) / 3);
    }

    [Fact]
    public async Task More_strength_leaves_less_motion()
    {
        var shaken = await ShakenAsync();

        var weak = await renders.RenderAsync(shaken with { Recipe = [Step("""{"op":"stabilize","strength":0}""")] });
        var strong = await renders.RenderAsync(shaken with { Recipe = [Step("""{"op":"stabilize","strength":1}""")] });

        Assert.True(await MotionAsync(strong) < await MotionAsync(weak));
    }

    [Fact]
    public void A_moment_is_too_short_to_see_how_it_moves()
    {
        var shape = new ClipShape(new PixelSize(Width, Height), TimeSpan.FromSeconds(0.4), 25, HasAudio: false);

        var e = Assert.Throws<MediaException>(() => Step("""{"op":"stabilize"}""").Apply(shape));

        Assert.Contains("0.5 s", e.Message, StringComparison.Ordinal);
    }

    // A window that walks over a photograph at random, held back a little so that it stays inside.
    private Task<ClipSource> ShakenAsync(double soundSeconds = 3)
    {
        var random = new Random(5);
        string Walk()
        {
            double at = 0, speed = 0;
            List<string> steps = [];
            for (var frame = 0; frame < Frames; frame++)
            {
                speed = (0.6 * speed) + ((random.NextDouble() - 0.5) * 8);
                at = Math.Clamp((0.97 * at) + speed, -22, 22);
                steps.Add(string.Create(CultureInfo.InvariantCulture, $"eq(n,{frame})*{60 + Math.Round(at)}"));
            }
            return string.Join('+', steps);
        }
        return renders.ClipAsync(
            $"[0:v]format=yuv420p,loop=loop=-1:size=1,setpts=N/(25*TB),fps=25,trim=end_frame={Frames},lutyuv=y='90+val*0.6'," +
                $"crop={Width}:{Height}:'{Walk()}':'{Walk()}',drawbox=c=black:t=2",
            FormattableString.Invariant($"sine=f=440:r=48000:d={soundSeconds}"),
            new PixelSize(Width, Height),
            soundSeconds);
    }

    /// <summary>How far the picture moves from one frame to the next, as a root mean square in pixels.</summary>
    private async Task<double> MotionAsync(string path)
    {
        const int W = Width / 2;
        const int H = Height / 2;
        var gray = await GrayAsync(path, $"{W}:{H},gblur=sigma=1.5");
        double sum = 0;
        for (var frame = 1; frame < Frames; frame++)
        {
            var (first, second) = (gray[((frame - 1) * W * H)..(frame * W * H)], gray[(frame * W * H)..((frame + 1) * W * H)]);
            var across = Registration.ShiftX(first, second, W, H);
            var down = Registration.ShiftX(Turned(first, W, H), Turned(second, W, H), H, W);
            sum += (across * across) + (down * down);
        }
        return 2 * Math.Sqrt(sum / (Frames - 1));
    }

    private Task<byte[]> GrayAsync(string path, string scale) => renders.ReadAsync(path, $"[0:v]scale={scale},format=gray", "rawvideo");

    private static byte[] Turned(byte[] picture, int width, int height)
    {
        var turned = new byte[picture.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                turned[(x * height) + y] = picture[(y * width) + x];
            }
        }
        return turned;
    }

    private static IClipOperation Step(string json)
    {
        using var document = JsonDocument.Parse(json);
        return OperationCatalogue.Read(document.RootElement.Clone(), new OneClip());
    }
}

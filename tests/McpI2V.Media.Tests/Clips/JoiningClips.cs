using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations.Timing;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Clips;

public sealed class JoiningClips : IDisposable
{
    private const int Width = 320;
    private const int Height = 180;
    private const int Frames = 37;
    private readonly TestRenders renders = new();

    [Theory]
    [InlineData(Transition.Crossfade)]
    [InlineData(Transition.WipeLeft)]
    [InlineData(Transition.WipeRight)]
    [InlineData(Transition.SlideLeft)]
    [InlineData(Transition.SlideUp)]
    [InlineData(Transition.Zoom)]
    [InlineData(Transition.Whip)]
    [InlineData(Transition.Mask)]
    [InlineData(Transition.Match)]
    public async Task A_film_is_the_one_clip_then_the_transition_then_the_other_to_the_frame(Transition transition)
    {
        var film = await FilmAsync(transition, "black", "white");

        Assert.Equal(Frames, film.Count);
        // 25 frames each, 13 shared.
        Assert.All(film.Take(12), f => Assert.True(f.Max() < 24, "the first clip is dark until the transition"));
        Assert.All(film.Skip(25), f => Assert.True(f.Min() > 225, "the second is light after it"));
        var mean = film.Skip(12).Take(13).Select(f => f.Average(v => v)).ToList();
        var course = string.Join(' ', mean.Select(m => $"{m:0}"));
        Assert.All(mean.Zip(mean.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 1, course));
        Assert.InRange(mean[0], 0, 45);
        Assert.InRange(mean[^1], 210, 255);
    }

    [Theory]
    [InlineData(Transition.SlideLeft)]
    [InlineData(Transition.WipeLeft)]
    public async Task What_moves_starts_and_ends_gently(Transition transition)
    {
        var film = await FilmAsync(transition, "black", "white");

        // How much is light: a sixth of the way is less than a fiftieth of the picture.
        double Light(int number) => film[12 + number].Average(v => v) / 255;
        Assert.InRange(Light(1), 0, 0.03);
        Assert.InRange(Light(6), 0.42, 0.58);
        Assert.InRange(Light(11), 0.97, 1);
    }

    [Fact]
    public async Task A_slide_shows_two_pictures_side_by_side_and_a_smear_between()
    {
        var film = await FilmAsync(Transition.SlideLeft, "black", "white");
        var line = film[18].AsSpan(90 * Width, Width).ToArray();

        var (dark, light) = (line.TakeWhile(v => v < 24).Count(), line.Reverse().TakeWhile(v => v > 225).Count());

        Assert.InRange(dark, 90, 175);
        Assert.InRange(light, 90, 175);
        Assert.InRange(Width - dark - light, 10, 100);
    }

    [Fact]
    public async Task A_whip_smears_whatever_is_upright_and_leaves_what_lies_along_its_way()
    {
        var columns = await FilmAsync(Transition.Whip, "gray,geq=lum='128+100*sin(X/4)':cb=128:cr=128", "gray");
        var lines = await FilmAsync(Transition.Whip, "gray,geq=lum='128+100*sin(Y/4)':cb=128:cr=128", "gray");

        // At a third of the way it is fast, and still over the first picture.
        Assert.True(Contrast(columns[17]) < 0.1 * Contrast(columns[0]), $"{Contrast(columns[17])} of {Contrast(columns[0])}");
        Assert.True(Contrast(lines[17]) > 0.8 * Contrast(lines[0]), $"{Contrast(lines[17])} of {Contrast(lines[0])}");
    }

    [Fact]
    public async Task A_zoom_goes_through_the_one_picture_into_the_other_and_never_shows_both()
    {
        var film = await FilmAsync(Transition.Zoom, "black,drawbox=x=150:y=80:w=20:h=20:c=gray:t=fill", "white");
        int Grey(int number) => film[number].Count(v => v is > 100 and < 150);

        // The box grows, and no frame is grey as a whole.
        Assert.True(Grey(17) > 1.5 * Grey(0), $"{Grey(0)} became {Grey(17)}");
        Assert.All(film, f => Assert.True(f.Count(v => v is > 60 and < 200) < Width * Height / 8));
    }

    [Fact]
    public async Task A_mask_opens_around_the_middle()
    {
        var middle = (await FilmAsync(Transition.Mask, "black", "white"))[18];

        Assert.True(middle[(90 * Width) + 160] > 225, "the next clip is in the middle");
        Assert.True(middle[0] < 24 && middle[^1] < 24, "the one before is in the corners");
        Assert.InRange(middle[(90 * Width) + 160 - 92], 30, 225);
    }

    [Fact]
    public async Task A_match_keeps_what_both_show_in_one_place_on_the_way_and_sharp()
    {
        // Once and a half as large in the second, a little further right and lower.
        var film = await FilmAsync(Transition.Match, Thing("90:40", 120, "0x707880"), Thing("70:25", 180, "0x909080"));
        // Half way it is the square root of that as large.
        var half = await FilmAsync(Transition.Cut, Thing("81:33", 146, "0x808480"), "gray");

        var (seen, meant) = (film[18], half[0]);
        Assert.True(Likeness(seen, meant) > 0.85, $"half way it is {Likeness(seen, meant):0.00} alike");
        // On the way between: never two of it.
        Assert.All(Enumerable.Range(12, 13), i => Assert.True(Contrast(film[i]) > 0.85 * Contrast(film[0]), $"{i} is blurred"));

        static string Thing(string at, int width, string behind) =>
            $"{behind},null[b];testsrc=s=160x120:r=25:d=1,trim=end_frame=1,loop=loop=24:size=1,setpts=N/25/TB,scale={width}:-2[t];" +
                $"[b][t]overlay={at}";
    }

    [Fact]
    public async Task A_match_of_things_that_have_nothing_in_common_is_a_whip_and_says_so()
    {
        var size = new PixelSize(Width, Height);
        var one = await renders.ClipAsync($"testsrc=s={size}:r=25:d=1,format=yuv420p", null, size, 1);
        var other = await renders.ClipAsync($"mandelbrot=s={size}:r=25,trim=duration=1,format=yuv420p", null, size, 1);
        var film = one with { Recipe = [new Append([other], Transition.Match, TimeSpan.FromSeconds(0.52))] };
        var work = renders.Work();

        var told = await renders.Renderer.RenderAsync(
            film,
            work.At("film.mp4"),
            EncodeQuality.Best,
            comment: null,
            work,
            TestContext.Current.CancellationToken);

        Assert.Contains(told.SelectMany(t => t.Notes), n => n.Contains("nothing that is alike", StringComparison.Ordinal));
    }

    public void Dispose() => renders.Dispose();

    // The correlation of two pictures.
    private static double Likeness(byte[] one, byte[] other)
    {
        var (a, b) = (one.Average(v => v), other.Average(v => v));
        return one.Zip(other).Average(p => (p.First - a) * (p.Second - b)) / (Contrast(one) * Contrast(other));
    }

    private static double Contrast(byte[] luma)
    {
        var mean = luma.Average(v => v);
        return Math.Sqrt(luma.Average(v => (v - mean) * (v - mean)));
    }

    private async Task<IReadOnlyList<byte[]>> FilmAsync(Transition transition, string first, string second)
    {
        var size = new PixelSize(Width, Height);
        string Of(string picture)
        {
            var parts = picture.Split(',', 2);
            return $"color=c={parts[0]}:s={Width}x{Height}:r=25:d=1{(parts.Length > 1 ? "," + parts[1] : "")},format=yuv420p";
        }
        var one = await renders.ClipAsync(Of(first), null, size, 1);
        var other = await renders.ClipAsync(Of(second), null, size, 1);
        var film = one with { Recipe = [new Append([other], transition, TimeSpan.FromSeconds(0.52))] };
        var luma = await renders.ReadAsync(await renders.RenderAsync(film), "[0:v]format=gray", "rawvideo");
        return [.. luma.Chunk(Width * Height)];
    }
}

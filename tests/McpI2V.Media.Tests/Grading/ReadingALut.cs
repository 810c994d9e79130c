using System.Globalization;
using System.Text;
using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Grading.Light;
using McpI2V.Media.Grading.Tables;
using McpI2V.Media.Probing;
using McpI2V.Media.Tests.Clips;

namespace McpI2V.Media.Tests.Grading;

public sealed class ReadingALut : IDisposable
{
    private readonly TestRenders renders = new();

    public void Dispose() => renders.Dispose();

    [Theory]
    [InlineData("LUT_3D_SIZE 256\n0 0 0\n", "\"LUT_3D_SIZE 256\", and sizes from 2 to 65 are read; export it with 33 or 65 points")]
    [InlineData("LUT_3D_SIZE 1\n0 0 0\n", "sizes from 2 to 65")]
    [InlineData("LUT_1D_SIZE 100000\n0 0 0\n", "sizes from 2 to 65536")]
    [InlineData("LUT_3D_SIZE x\n", "sizes from 2 to 65")]
    [InlineData("TITLE \"a\"\n", "it says neither LUT_3D_SIZE nor LUT_1D_SIZE")]
    [InlineData("TITLE \"a\"\n0 0 0\n", "line 2 has numbers before")]
    [InlineData("LUT_3D_SIZE 2\n0 0 0\n", "means 8 lines of numbers, and it has 1")]
    [InlineData("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1\n", "line 4 is one too many")]
    [InlineData("LUT_1D_SIZE 2\n0 0 0\n1 1\n", "line 3 has 2 numbers, and 3 are needed")]
    [InlineData("LUT_1D_SIZE 2\n0 0 0\n1 nan 1\n", "line 3 has \"nan\", which is no number")]
    [InlineData("LUT_1D_SIZE 2\n0 0 0\n1 1 1e400\n", "line 3 has \"1e400\", which is no number")]
    [InlineData("LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n", "it holds a 1D and a 3D table")]
    [InlineData("LUT_1D_SIZE 2\nDOMAIN_MIN 0 1 0\n0 0 0\n1 1 1\n", "DOMAIN_MAX 1 is not above DOMAIN_MIN 1")]
    [InlineData("LUT_1D_SIZE 2\nSHAPER 1\n", "line 2 begins with \"SHAPER\"")]
    public void A_file_that_is_none_is_refused_with_the_reason(string text, string reason)
    {
        var e = Assert.Throws<MediaException>(() => CubeFile.Read(new StringReader(text)));

        Assert.StartsWith("this .cube file can't be used: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_begins_like_one_is_taken_for_one()
    {
        Assert.True(CubeFile.LooksLike("\uFEFF# by somebody\r\n\r\nTITLE \"x\"\r\n"u8));
        Assert.True(CubeFile.LooksLike("LUT_3D_SIZE\t33\n"u8));
        Assert.False(CubeFile.LooksLike("TITLES of films\n"u8));
        Assert.False(CubeFile.LooksLike("#EXTM3U\nfile\n"u8));
        Assert.False(CubeFile.LooksLike("LUT_3D_SIZE \0"u8));
    }

    [Fact]
    public void Curves_and_domains_are_read_off_between_their_points()
    {
        var curve = CubeFile.Read(new StringReader("LUT_1D_SIZE 3\n0 0 0\n0.8 0.5 0.5\n1 1 1\n"));
        var wide = CubeFile.Read(new StringReader("LUT_3D_SIZE 2\nDOMAIN_MAX 2 2 2\n" + Corners((r, g, b) => (r, g, b))));

        Assert.Equal(0.4, curve.At(new Rgb(0.25, 0.25, 0.25)).Red, 3);
        Assert.Equal(0.25, curve.At(new Rgb(0.25, 0.25, 0.25)).Green, 3);
        Assert.Equal(0.5, wide.At(new Rgb(1, 0.5, 0)).Red, 3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(65)]
    public async Task A_table_becomes_a_still_and_comes_back_to_the_sixteenth_bit(int points)
    {
        var work = renders.Work();
        var table = ColourTable.Of(points, c => new Rgb(c.Blue, c.Red * c.Red, 1 - c.Green));
        await File.WriteAllTextAsync(work.At("a.cube"), table.ToCube(), Encoding.ASCII, Cancelled);

        LutPicture.Convert(work.At("a.cube"), work.At("a.png"));
        var still = await new MediaProbe(renders.Ffmpeg).StillAsync(work.At("a.png"), MediaFormat.Png, work, Cancelled);
        var back = LutPicture.Read(work.At("a.png"));

        Assert.True(LutPicture.CouldBe(still.Size));
        Assert.False(LutPicture.CouldBe(new PixelSize(1080, 1920)));
        foreach (var colour in new[] { new Rgb(0, 0, 0), new Rgb(1, 1, 1), new Rgb(0.2, 0.4, 0.9), new Rgb(0.77, 0.13, 0.5) })
        {
            Assert.Equal(table.At(colour).Red, back.At(colour).Red, 4);
            Assert.Equal(table.At(colour).Green, back.At(colour).Green, 4);
            Assert.Equal(table.At(colour).Blue, back.At(colour).Blue, 4);
        }
    }

    [Fact]
    public async Task A_clip_is_coloured_by_it_as_strongly_as_was_asked()
    {
        var work = renders.Work();
        await File.WriteAllTextAsync(work.At("a.cube"), "LUT_3D_SIZE 2\n" + Corners((r, g, b) => (1 - r, 1 - g, 1 - b)), Cancelled);
        LutPicture.Convert(work.At("a.cube"), work.At("a.png"));
        var clip = await renders.ClipAsync("color=c=0xC04020:s=64x64:r=25:d=0.1,scale=out_color_matrix=bt709", null, new(64, 64), 0.1);
        var table = new StillSource(work.At("a.png"), MediaFormat.Png, new(17 * 17, 17), 1, HasAlpha: false);

        var whole = await renders.FrameAsync(clip with { Recipe = [Lut(table, 1)] });
        var half = await renders.FrameAsync(clip with { Recipe = [Lut(table, 0.5)] });
        var none = await renders.FrameAsync(clip with { Recipe = [Lut(table, 0)] });

        Assert.InRange(whole[0], 59, 67);
        Assert.InRange(whole[2], 219, 227);
        Assert.InRange(half[0], 124, 131);
        Assert.Equal(await renders.FrameAsync(clip), none);
    }

    [Fact]
    public void A_picture_is_no_table()
    {
        var photo = new StillSource("photo.jpg", MediaFormat.Jpeg, new(600, 400), 1, HasAlpha: false);
        var shape = new ClipShape(new(64, 64), TimeSpan.FromSeconds(1), 25, HasAudio: false);

        var e = Assert.Throws<MediaException>(() => Lut(photo, 1).Apply(shape));

        Assert.Contains("give the path of a .cube file", e.Message, StringComparison.Ordinal);
        Assert.Throws<MediaException>(() => LutPicture.Read(Workshop.Photo));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Corners(Func<int, int, int, (int R, int G, int B)> made) => string.Concat(Enumerable.Range(0, 8).Select(i =>
    {
        var (r, g, b) = made(i & 1, (i >> 1) & 1, i >> 2);
        return string.Create(CultureInfo.InvariantCulture, $"{r} {g} {b}\n");
    }));

    private static IClipOperation Lut(StillSource table, double strength) => OperationCatalogue.Read(
        JsonElement.Parse(string.Create(CultureInfo.InvariantCulture, $"{{\"op\":\"lut\",\"file\":\"still-1\",\"strength\":{strength}}}")),
        new OneStill(table));

    private sealed class OneStill(StillSource still) : IOperationSources
    {
        public AudioSource Audio(string handle) => throw new MediaException(MediaFault.OutOfRange, "none");

        public ClipSource Clip(string handle) => throw new MediaException(MediaFault.OutOfRange, "none");

        public StillSource Still(string handle) => still;
    }
}

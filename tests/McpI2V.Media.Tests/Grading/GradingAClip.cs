using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Geometry;
using McpI2V.Media.Grading;
using McpI2V.Media.Tests.Clips;

namespace McpI2V.Media.Tests.Grading;

/// <summary>What a grade makes of known colours, measured in what is rendered.</summary>
public sealed class GradingAClip : IDisposable
{
    private const int Steps = 16;
    private static readonly PixelSize Size = new(320, 180);
    private readonly TestRenders renders = new();
    private ClipSource? ramp;

    public void Dispose() => renders.Dispose();

    [Fact]
    public async Task Warmth_is_seen_in_every_grey_and_rises_with_it()
    {
        foreach (var (grade, warmer) in new[] { ("\"temperature\":1", 1), ("\"temperature\":0.3", 1), ("\"look\":\"warm\"", 1),
            ("\"look\":\"cool\"", -1) })
        {
            var greys = await GreysAsync(grade);

            for (var i = 2; i < Steps; i++)
            {
                Assert.True((greys[i].Red - greys[i].Blue) * warmer >= 4, $"{grade}: grey {i} is {greys[i]}");
            }
            ShouldRise(greys, grade);
        }
    }

    [Fact]
    public async Task No_number_at_its_end_turns_light_into_dark_or_burns_out_what_was_apart()
    {
        foreach (var grade in new[]
        {
            "\"exposure\":1", "\"exposure\":-1", "\"contrast\":1", "\"contrast\":-1", "\"highlights\":1", "\"highlights\":-1",
            "\"shadows\":1", "\"shadows\":-1", "\"tint\":1", "\"tint\":-1", "\"saturation\":1", "\"vibrance\":1",
        })
        {
            ShouldRise(await GreysAsync(grade), grade);
        }
    }

    [Fact]
    public async Task Numbers_do_what_they_say()
    {
        var plain = await GreysAsync("\"tint\":0");
        var brighter = await GreysAsync("\"exposure\":1");
        var hard = await GreysAsync("\"contrast\":0.5");
        var opened = await GreysAsync("\"shadows\":1");
        var held = await GreysAsync("\"highlights\":-1");
        var green = await GreysAsync("\"tint\":-1");

        // A stop doubles light: sRGB 85 is 0.091 of it, and 0.182 is 118.
        Assert.InRange(brighter[5].Green, 115, 121);
        Assert.True(hard[3].Green < plain[3].Green - 10 && hard[12].Green > plain[12].Green + 10, $"{hard[3]}, {hard[12]}");
        Assert.True(opened[4].Green > plain[4].Green + 20 && opened[13].Green < plain[13].Green + 8, $"{opened[4]}, {opened[13]}");
        Assert.True(held[11].Green < plain[11].Green - 20 && held[2].Green > plain[2].Green - 8, $"{held[11]}, {held[2]}");
        Assert.True(green[8].Green > green[8].Red + 8 && green[8].Green > green[8].Blue + 8, $"{green[8]}");
    }

    [Fact]
    public async Task A_grade_that_does_next_to_nothing_changes_next_to_nothing()
    {
        var clip = await SaturatedAsync();
        var plain = await RgbAsync(clip);

        foreach (var grade in new[] { "\"exposure\":0.001", "\"temperature\":0.002", "\"saturation\":0.002", "\"contrast\":0.001" })
        {
            var graded = await RgbAsync(clip with { Recipe = [Step($"\"op\":\"grade\",{grade}")] });

            for (var channel = 0; channel < 3; channel++)
            {
                var moved = Mean(graded, channel) - Mean(plain, channel);
                Assert.True(Math.Abs(moved) < 0.4, $"{grade} moves {channel} by {moved:0.00}");
            }
            Assert.True(Psnr(graded, plain) > 44, $"{grade}: {Psnr(graded, plain):0.0} dB");
        }
    }

    [Fact]
    public async Task A_grade_of_zeros_costs_nothing_and_changes_no_byte()
    {
        var clip = await SaturatedAsync();
        var work = renders.Work();

        var plain = await renders.RenderAsync(clip);
        var graded = await renders.RenderAsync(
            clip with { Recipe = [Step("\"op\":\"grade\",\"exposure\":0,\"tint\":0"), Step("\"op\":\"grade\"")] },
            work);

        Assert.Equal(await File.ReadAllBytesAsync(plain, Cancelled), await File.ReadAllBytesAsync(graded, Cancelled));
        Assert.Empty(Directory.GetFiles(work.Folder, "*.cube"));
    }

    [Fact]
    public async Task However_many_grades_there_are_colours_go_through_one_table()
    {
        var clip = await SaturatedAsync();
        var work = renders.Work();
        IReadOnlyList<IClipOperation> turns =
        [
            Step("\"op\":\"grade\",\"look\":\"warm\""),
            Step("\"op\":\"grade\",\"exposure\":0.4"),
            Step("\"op\":\"trim\",\"end_seconds\":0.2"),
            Step("\"op\":\"grade\",\"exposure\":-0.4"),
            // Without a focus the subject is looked for, on a small picture that is graded by a table of its own.
            Step("\"op\":\"reframe\",\"aspect_ratio\":\"1:1\",\"focus_x\":0.5,\"focus_y\":0.5"),
            Step("\"op\":\"grade\",\"temperature\":-0.2"),
        ];

        await renders.RenderAsync(clip with { Recipe = turns }, work);
        var folded = FoldedGrade.Fold(turns);

        Assert.Single(Directory.GetFiles(work.Folder, "*.cube"));
        Assert.Equal(["trim", "reframe", "grade"], folded.Select(s => s.Name));
        // Black bars and letters are not to be graded, and corners are dark where they stood.
        var barred = Step("\"op\":\"reframe\",\"aspect_ratio\":\"1:1\",\"mode\":\"pad\"");
        Assert.Equal(["grade", "reframe", "grade"], FoldedGrade.Fold([turns[0], barred, turns[1]]).Select(s => s.Name));
        Assert.Equal(
            ["grade", "grade"],
            FoldedGrade.Fold([Step("\"op\":\"grade\",\"vignette\":0.5"), turns[1]]).Select(s => s.Name));
    }

    [Fact]
    public async Task A_soft_wall_gets_no_bands()
    {
        // 24 levels over 320 pixels; contrast pulls them 1.6 times apart, and plain rounding leaves steps two levels high.
        var wall = await renders.ClipAsync(
            "color=c=black:s=320x180:r=25:d=0.2,format=gray16,geq=lum='(110+24*X/W)*256',format=yuv420p", null, Size, 0.2);
        var graded = await renders.RenderAsync(wall with { Recipe = [Step("\"op\":\"grade\",\"contrast\":0.6")] });

        var luma = await renders.ReadAsync(graded, "[0:v]trim=end_frame=1,extractplanes=y,boxblur=6", "rawvideo");
        var row = luma.AsSpan(90 * 320, 320)[20..300].ToArray();

        Assert.True(row.Zip(row.Skip(1), (a, b) => Math.Abs(b - a)).Max() <= 1, string.Join(' ', row));
    }

    [Fact]
    public async Task Every_look_is_another_and_keeps_black_dark_and_white_light()
    {
        var clip = await SaturatedAsync();
        List<(GradeLook Look, byte[] Rgb)> seen = [];
        foreach (var look in Enum.GetValues<GradeLook>())
        {
            var greys = await GreysAsync($"\"look\":\"{SnakeCase.From(look)}\"");
            ShouldRise(greys, $"{look}");
            Assert.True(greys[0].Luma < 32 && greys[^1].Luma > 215, $"{look}: {greys[0]}, {greys[^1]}");
            var rgb = await RgbAsync(clip with { Recipe = [Step($"\"op\":\"grade\",\"look\":\"{SnakeCase.From(look)}\"")] });
            Assert.All(seen, other => Assert.True(Psnr(other.Rgb, rgb) < 42, $"{other.Look} and {look} look the same"));
            seen.Add((look, rgb));
        }
        Assert.Equal(12, seen.Count);
    }

    [Fact]
    public async Task Grain_and_a_vignette_are_seen_where_they_belong()
    {
        var grey = await renders.ClipAsync("color=c=0x808080:s=320x180:r=25:d=0.2", null, Size, 0.2);

        var dark = await RgbAsync(grey with { Recipe = [Step("\"op\":\"grade\",\"vignette\":0.6")] });
        var grained = await RgbAsync(grey with { Recipe = [Step("\"op\":\"grade\",\"grain\":0.5")] });

        Assert.InRange(dark[((90 * 320) + 160) * 3], 122, 130);
        Assert.InRange(dark[0], 50, 100);
        var deviation = Math.Sqrt(Enumerable.Range(0, 320 * 180).Average(i => Math.Pow(grained[3 * i] - 128, 2)));
        Assert.InRange(deviation, 2, 9);
        Assert.InRange(Mean(grained, 0), 125, 131);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static IClipOperation Step(string members) =>
        OperationCatalogue.Read(JsonElement.Parse($"{{{members}}}"), new OneClip());

    private static void ShouldRise(IReadOnlyList<Seen> greys, string grade)
    {
        for (var i = 1; i < greys.Count; i++)
        {
            var (before, after) = (greys[i - 1], greys[i]);
            Assert.True(
                after.Red >= before.Red - 0.5 && after.Green >= before.Green - 0.5 && after.Blue >= before.Blue - 0.5
                    && after.Luma > before.Luma + 0.5,
                $"{grade}: grey {i - 1} becomes {before}, and {i} {after}");
        }
    }

    // Sixteen greys from black to white, side by side.
    private async Task<IReadOnlyList<Seen>> GreysAsync(string grade)
    {
        ramp ??= await renders.ClipAsync(
            $"color=c=black:s={Steps * 16}x64:r=25:d=0.12,format=rgb24,geq=r='17*floor(X/16)':g='17*floor(X/16)':b='17*floor(X/16)'," +
                "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
            null,
            new(Steps * 16, 64),
            0.12);
        var rgb = await RgbAsync(ramp with { Recipe = [Step($"\"op\":\"grade\",{grade}")] });
        return
        [
            .. Enumerable.Range(0, Steps).Select(step =>
            {
                double Of(int channel) => Enumerable.Range(0, 32 * 8).Average(
                    i => rgb[(((16 + (i / 8)) * Steps * 16) + (step * 16) + 4 + (i % 8)) * 3 + channel]);
                return new Seen(Of(0), Of(1), Of(2));
            }),
        ];
    }

    private Task<ClipSource> SaturatedAsync() =>
        renders.ClipAsync("testsrc2=s=320x180:r=25:d=0.4,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", null, Size, 0.4);

    private Task<byte[]> RgbAsync(ClipSource clip) => renders.FrameAsync(clip);

    private static double Mean(byte[] rgb, int channel) => Enumerable.Range(0, rgb.Length / 3).Average(i => rgb[(3 * i) + channel]);

    private static double Psnr(byte[] one, byte[] other) =>
        10 * Math.Log10(65_025 / Math.Max(1e-9, one.Zip(other, (a, b) => Math.Pow(a - b, 2)).Average()));

    private sealed record Seen(double Red, double Green, double Blue)
    {
        public double Luma => (0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue);

        public override string ToString() => FormattableString.Invariant($"({Red:0},{Green:0},{Blue:0})");
    }
}

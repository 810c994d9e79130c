using McpI2V.Media.Geometry;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Tests.Text.Setting;

public sealed class PlacingText : IDisposable
{
    private static readonly Colour Light = new(240, 228, 210);
    private static readonly Colour Dark = new(24, 26, 34);

    private readonly TextBench bench = new();

    public static TheoryData<TextStyle> Styles => [.. Enum.GetValues<TextStyle>()];

    [Theory]
    [MemberData(nameof(Styles))]
    public void Text_reads_and_keeps_off_the_product_on_light_and_dark_in_every_ratio(TextStyle style)
    {
        foreach (var frame in new PixelSize[] { new(270, 480), new(480, 270), new(360, 360), new(360, 450) })
        {
            foreach (var (backdrop, product) in new[] { (Light, new Colour(190, 120, 60)), (Dark, new Colour(120, 60, 160)) })
            {
                // A product in the middle, from a third of the frame's height to three quarters.
                Colour Paint(double x, double y) => Math.Abs(x - 0.5) * frame.Ratio < 0.12 && y is > 0.34 and < 0.75 ? product : backdrop;

                var set = bench.Set("Glow, bottled.", frame, style, Paint, o => o with { Position = TextPosition.Center });

                Assert.True(set.Contrast >= Backing.Needed, $"{style} {frame} on {backdrop}: contrast {set.Contrast}");
                Assert.True(set.Covers < 0.05, $"{style} {frame} on {backdrop} covers {set.Covers:0.00} at {set.Taken[0].Area}");
            }
        }
    }

    [Fact]
    public void White_letters_on_white_take_a_scrim()
    {
        var set = bench.Set(
            "Glow, bottled.",
            new PixelSize(270, 480),
            TextStyle.Clean,
            (_, _) => new Colour(255, 255, 255),
            o => o with { Look = o.Look with { Colour = new Colour(255, 255, 255) } });

        Assert.True(set.Contrast >= Backing.Needed, $"contrast {set.Contrast}");
    }

    [Fact]
    public void Text_that_is_there_already_is_left_alone()
    {
        var frame = new PixelSize(270, 480);
        List<TakenArea> taken = [];
        foreach (var text in new[] { "Title one", "Title two", "and a caption of what is said" })
        {
            var set = bench.Set(
                text,
                frame,
                TextStyle.Clean,
                (_, _) => Dark,
                o => o with { Position = TextPosition.Bottom, Taken = [.. taken] });

            Assert.DoesNotContain(taken, t => t.Meets(set.Taken[0].Area, 0, 1));
            taken.AddRange(set.Taken);
        }
    }

    [Fact]
    public void What_has_no_place_is_said()
    {
        var set = bench.Set(
            "Glow, bottled.",
            new PixelSize(270, 480),
            TextStyle.Clean,
            (_, _) => Dark,
            o => o with { Taken = [new TakenArea(new Area(0, 0, 1, 1), 0, 1)] });

        Assert.Contains(set.Notes, n => n.Contains("no place is left", StringComparison.Ordinal));
    }

    [Fact]
    public void Cues_of_one_step_are_seen_one_after_another()
    {
        var cues = Media.Text.Setting.Cues.InOrder([new("two", 1, 3), new("one", 0, 2), new("also two", 1, 2)]);

        Assert.Equal([("one", 0.0, 1.0), ("two\nalso two", 1.0, 3.0)], cues.Select(c => (c.Text, c.Start, c.End)));
    }

    public void Dispose() => bench.Dispose();
}

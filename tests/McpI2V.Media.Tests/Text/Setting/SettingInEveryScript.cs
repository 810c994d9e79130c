using McpI2V.Media.Geometry;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Tests.Text.Setting;

public sealed class SettingInEveryScript : IDisposable
{
    private static readonly string[] Scripts =
    [
        "Glow, bottled. Visible in a week, now 50% off",
        "每天一滴，一周焕亮肌肤。限时七折优惠，立即购买！日本語のテキストもここに",
        "毎日のうるおいを一滴に閉じ込めた美容液です。今だけの特別価格",
        "피부가 빛나는 일주일, 지금 오십 퍼센트 할인",
        "إشراقة في زجاجة — خصم ٥٠٪ على HALO اليوم!",
        "עור זוהר בשבוע אחד, עכשיו במחצית המחיר",
        "चमकती त्वचा, सात दिनों में, अब आधी कीमत पर",
        "ผิวเปล่งประกายในเจ็ดวันลดราคาพิเศษห้าสิบเปอร์เซ็นต์วันนี้เท่านั้น",
        "Сияние кожи за одну неделю, сегодня со скидкой",
        "Feuchtigkeitsversorgungskomplexserum Antifaltenhautpflegeprodukt",
    ];

    private static readonly PixelSize[] Frames = [new(270, 480), new(480, 270), new(360, 360), new(360, 450)];

    private readonly TextBench bench = new();

    public static TheoryData<TextStyle> Styles => [.. Enum.GetValues<TextStyle>()];

    [Theory]
    [MemberData(nameof(Styles))]
    public void Every_style_keeps_every_script_inside_the_frame_and_the_free_zone_in_every_ratio(TextStyle style)
    {
        foreach (var frame in Frames)
        {
            foreach (var text in Scripts)
            {
                var set = bench.Set(text, frame, style);

                var (place, words) = (set.Place!, Assert.Single(set.Taken).Area);
                Assert.True(SafeZone.Of(frame).Free.Holds(words), $"{style} {frame} \"{text}\" stands at {words}");
                Assert.True(place.X + place.Width <= frame.Width && place.Y + place.Height <= frame.Height, $"{style} {frame}: {place}");
                // The outermost letters are drawn where they were measured: nothing opaque beyond.
                var alpha = bench.Alpha();
                var (left, right, top, bottom) = Inked(alpha, place.Width);
                var rim = 0.03;
                var inked = new Area(
                    (double)(place.X + left) / frame.Width,
                    (double)(place.Y + top) / frame.Height,
                    (double)(place.X + right) / frame.Width,
                    (double)(place.Y + bottom) / frame.Height);
                Assert.True(words.Grown(rim, rim).Holds(inked), $"{style} {frame} \"{text}\" is drawn at {inked}, not {words}");
                Assert.True(inked.Width > 0.05, $"{style} {frame} \"{text}\" is drawn at {inked}");
            }
        }
    }

    [Fact]
    public void No_last_word_stands_alone()
    {
        using var setter = new Media.Text.Drawing.Typesetter("A vitamin C serum at 50% off", TextLooks.Of(TextStyle.Bold));
        for (var width = 220; width < 900; width += 20)
        {
            var fitting = new Media.Text.Drawing.Fitting(60, 20, width, 400, 800, 4);
            var block = fitting.Fit(setter, Media.Text.Drawing.TextAlignment.Center);

            Assert.True(
                block.Lines.Count == 1 || block.Lines[^1].Width > block.Width * 0.3,
                $"at {width}: {string.Join(", ", block.Lines.Select(l => l.Width))}");
        }
    }

    [Fact]
    public void A_long_text_gets_smaller_to_a_floor_and_then_says_so()
    {
        var frame = new PixelSize(270, 480);
        var few = bench.Set("Glow, bottled.", frame, TextStyle.Bold);
        var many = bench.Set(string.Join(' ', Enumerable.Repeat("every single day of the week", 8)), frame, TextStyle.Bold);
        var most = bench.Set(string.Join(' ', Enumerable.Repeat("wwwwwwwwww", 60)), frame, TextStyle.Poster);

        Assert.DoesNotContain(few.Notes, n => n.Contains("px to fit", StringComparison.Ordinal));
        Assert.True(many.Size < few.Size);
        Assert.Contains(most.Notes, n => n.Contains("px to fit", StringComparison.Ordinal));
        Assert.True(SafeZone.Of(frame).Free.Holds(most.Taken[0].Area));
    }

    [Theory]
    [InlineData("\uD83D", null)]
    [InlineData("a\u0000b\u0007c\uD83D", "abc")]
    [InlineData("x\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "x\u0301\u0301\u0301\u0301")]
    [InlineData("<b>&amp;%{n}\\N", "<b>&amp;%{n}\\N")]
    public void Hostile_text_is_shown_or_left_out_and_harms_nothing(string text, string? shown)
    {
        var set = bench.Set(text, new PixelSize(270, 480), TextStyle.Clean);

        Assert.Equal(shown ?? "", Media.Text.Drawing.Wording.Clean(text, TextCase.AsWritten));
        Assert.Equal(shown is null, set.Place is null);
        Assert.True(shown is not null || set.Notes.Count == 1);
    }

    [Fact]
    public void A_plate_is_one_shape_over_all_lines()
    {
        var set = bench.Set("Glow, bottled. Visible in a week.", new PixelSize(270, 480), TextStyle.Boxed);
        var alpha = bench.Alpha();

        // Half transparent shapes that overlap would show a second level between the lines.
        var (left, right, _, _) = Inked(alpha, set.Place!.Width);
        var middle = (left + right) / 2;
        var levels = Enumerable.Range(0, set.Place.Height).Select(y => alpha[(y * set.Place.Width) + middle]).Where(a => a > 200);
        Assert.All(levels, a => Assert.InRange(a, 225, 255));
        Assert.Equal(1, levels.Any() ? Runs(alpha, set.Place.Width, middle) : 0);
    }

    public void Dispose() => bench.Dispose();

    private static int Runs(byte[] alpha, int width, int column)
    {
        var (runs, inside) = (0, false);
        for (var y = 0; y < alpha.Length / width; y++)
        {
            var isInked = alpha[(y * width) + column] > 128;
            runs += isInked && !inside ? 1 : 0;
            inside = isInked;
        }
        return runs;
    }

    private static (int Left, int Right, int Top, int Bottom) Inked(byte[] alpha, int width)
    {
        int left = width, right = 0, top = int.MaxValue, bottom = 0;
        for (var i = 0; i < alpha.Length; i++)
        {
            // Above any shadow.
            if (alpha[i] > 170)
            {
                (left, right) = (Math.Min(left, i % width), Math.Max(right, (i % width) + 1));
                (top, bottom) = (Math.Min(top, i / width), Math.Max(bottom, (i / width) + 1));
            }
        }
        return (left, right, top, bottom);
    }
}

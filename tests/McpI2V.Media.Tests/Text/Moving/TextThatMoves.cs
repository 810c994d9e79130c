namespace McpI2V.Media.Tests.Text.Moving;

/// <summary>A white text of one line, unless said, from 0.4 to 1.6 s of a dark clip, seen frame by frame.</summary>
public sealed class TextThatMoves : IDisposable
{
    // Frames at which it is not there yet, stands still, and is gone.
    private const int Before = 8;
    private const int Still = 30;
    private const int Gone = 42;
    private readonly MovingBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("fade")]
    [InlineData("rise")]
    [InlineData("pop")]
    [InlineData("slide")]
    [InlineData("reveal")]
    [InlineData("type")]
    [InlineData("words")]
    [InlineData("lines")]
    [InlineData("count")]
    [InlineData("none")]
    public async Task However_it_comes_it_stands_still_as_it_was_set_and_is_gone_in_time(string motion)
    {
        var frames = await FilmAsync(motion, "Save 250 now");
        var still = (await FilmAsync("none", "Save 250 now"))[Still];

        Assert.Equal(0, frames[Before].Letters().Count);
        Assert.Equal(0, frames[Gone].Letters().Count);
        Assert.InRange(frames[Still].Unlike(still), 0, 12);
        var comes = frames.Skip(10).Take(18).ToList();
        var changes = comes.Zip(comes.Skip(1)).Count(pair => pair.First.Unlike(pair.Second, by: 12) > 3);
        Assert.True(motion == "none" ? changes == 0 : changes >= 2, $"{changes} of 17 frames differ from the one before");
    }

    [Fact]
    public async Task It_fades_in_and_out_where_it_stands()
    {
        var frames = await FilmAsync("fade", "Glow");

        var coming = frames.Skip(10).Take(10).Select(f => f.Lightest).ToList();
        Assert.Equal(coming.Order(), coming);
        Assert.True(coming[4] is > 50 and < 160 && coming[^1] > 220, string.Join(' ', coming));
        Assert.True(frames[38].Lightest < frames[Still].Lightest - 40, "it goes softly too");
        Assert.InRange(frames[14].Letters(90).Down - frames[Still].Letters(90).Down, -1.5, 1.5);
    }

    [Fact]
    public async Task It_rises_into_its_place()
    {
        var frames = await FilmAsync("rise", "Glow");

        var down = frames.Skip(13).Take(10).Select(f => f.Letters(90).Down).ToList();
        Assert.True(down[0] > down[^1] + 3, string.Join(' ', down));
        Assert.All(down.Zip(down.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 0.6, string.Join(' ', down)));
    }

    [Fact]
    public async Task It_pops_past_its_size_and_settles()
    {
        var frames = await FilmAsync("pop", "Glow");

        var widths = frames.Skip(10).Take(14).Select(f => f.Letters(90).Width).ToList();
        var settled = frames[Still].Letters(90).Width;
        Assert.True(widths[1] < settled - 6, string.Join(' ', widths));
        Assert.True(widths.Max() > settled, $"{string.Join(' ', widths)}, then {settled}");
    }

    [Fact]
    public async Task It_slides_in_from_where_reading_begins()
    {
        var latin = await FilmAsync("slide", "Glow");
        var arabic = await FilmAsync("slide", "\u062e\u0635\u0645 \u0627\u0644\u064a\u0648\u0645");

        Assert.True(latin[11].Letters(60).Left < latin[Still].Letters(60).Left - 6, "from the left");
        Assert.True(arabic[11].Letters(60).Right > arabic[Still].Letters(60).Right + 6, "from the right");
    }

    [Fact]
    public async Task It_comes_up_from_behind_the_edge_that_it_stands_on()
    {
        var frames = await FilmAsync("reveal", "Glow");

        var (early, settled) = (frames.Skip(10).Select(f => f.Letters()).First(m => m.Count > 0), frames[Still].Letters());
        Assert.InRange(early.Count, 1, settled.Count);
        Assert.True(early.Top > settled.Top + 2, $"its top is at {early.Top} first, then at {settled.Top}");
    }

    [Theory]
    [InlineData("type", 6)]
    [InlineData("words", 2)]
    public async Task It_is_written_from_left_to_right_piece_by_piece(string motion, int pieces)
    {
        var frames = await FilmAsync(motion, "Skin that glows");

        var right = frames.Skip(10).Take(20).Select(f => f.Letters(200)).Where(m => m.Count > 0).Select(m => m.Right).ToList();
        Assert.All(right.Zip(right.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 2, string.Join(' ', right)));
        Assert.True(right.Zip(right.Skip(1)).Count(pair => pair.Second > pair.First + 3) >= pieces, string.Join(' ', right));
        var settled = frames[Still].Letters(200);
        var first = frames.Skip(10).Select(f => f.Letters(200)).First(m => m.Count > 40);
        Assert.InRange(first.Left - settled.Left, -2, 4);
        Assert.True(first.Right < settled.Left + (settled.Width * 0.6), $"{first} of {settled}");
    }

    [Fact]
    public async Task It_comes_line_by_line()
    {
        var frames = await FilmAsync("lines", @"First\nSecond");

        var settled = frames[Still].Letters(200);
        var first = frames.Skip(10).Select(f => f.Letters(200)).First(m => m.Count > 60);
        Assert.True(first.Bottom < ((settled.Top + settled.Bottom) / 2) + 4, $"{first} of {settled}");
    }

    [Fact]
    public async Task A_number_counts_up_to_what_it_is()
    {
        var frames = await FilmAsync("count", "950 sold", end: 1.9);

        var last = frames[38];
        var unlike = frames.Skip(13).Take(18).Select(f => f.Unlike(last)).ToList();
        Assert.True(unlike.Distinct().Count() >= 6, string.Join(' ', unlike));
        Assert.True(unlike[2] > 40 && frames[36].Unlike(last) < 12, string.Join(' ', unlike));
    }

    private Task<IReadOnlyList<Frame>> FilmAsync(string motion, string text, double end = 1.6) => bench.FilmAsync(
        FormattableString.Invariant(
            $$"""
            {"op":"text","text":"{{text}}","position":"top","style":"clean","motion":"{{motion}}","start_seconds":0.4,
             "end_seconds":{{end}}}
            """));
}

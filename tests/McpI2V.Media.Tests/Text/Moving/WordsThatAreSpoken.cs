namespace McpI2V.Media.Tests.Text.Moving;

/// <summary>Captions of three words from 0.2 to 1.7 s, the spoken one in red.</summary>
public sealed class WordsThatAreSpoken : IDisposable
{
    private readonly MovingBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_word_that_is_spoken_alone_has_the_accent()
    {
        var frames = await FilmAsync("word");

        var (first, second, third) = (Red(frames, 0.4), Red(frames, 0.95), Red(frames, 1.5));
        Assert.True(first.Right < second.Left && second.Right < third.Left, $"{first}\n{second}\n{third}");
    }

    [Fact]
    public async Task What_was_spoken_keeps_the_accent_in_karaoke()
    {
        var frames = await FilmAsync("karaoke");

        var (first, second, third) = (Red(frames, 0.4), Red(frames, 0.95), Red(frames, 1.5));
        Assert.True(Math.Abs(first.Left - third.Left) < 3 && Math.Abs(second.Left - third.Left) < 3, $"{first}\n{second}\n{third}");
        Assert.True(first.Right + 10 < second.Right && second.Right + 10 < third.Right, $"{first}\n{second}\n{third}");
    }

    [Fact]
    public async Task The_word_that_is_spoken_stands_on_a_box()
    {
        var (boxes, words) = (await FilmAsync("box"), await FilmAsync("word"));

        var (first, second, third) = (Red(boxes, 0.4), Red(boxes, 0.95), Red(boxes, 1.5));
        Assert.True(first.Right < second.Right && second.Right < third.Right, $"{first}\n{second}\n{third}");
        var word = Red(words, 0.95);
        Assert.True(second.Count > 1.5 * word.Count && second.Left < word.Left && second.Right > word.Right, $"{second} around {word}");
    }

    [Fact]
    public async Task A_word_has_the_accent_when_it_is_said_where_that_is_known()
    {
        var frames = await FilmAsync("word", ",\"word_seconds\":[0.2,1.2,1.4]");

        var (early, late, last) = (Red(frames, 1.1), Red(frames, 1.3), Red(frames, 1.5));
        Assert.True(early.Right < late.Left && late.Right < last.Left, $"{early}\n{late}\n{last}");
    }

    private static Marks Red(IReadOnlyList<Frame> frames, double seconds) => frames[(int)(seconds * MovingBench.FramesPerSecond)].Red;

    private Task<IReadOnlyList<Frame>> FilmAsync(string highlight, string more = "") => bench.FilmAsync(
        $$"""
        {"op":"captions","cues":[{"start_seconds":0.2,"end_seconds":1.7,"text":"mild mine mint"{{more}}}],"style":"bold","position":"top",
         "highlight":"{{highlight}}","accent":"#e01818"}
        """);
}

using McpI2V.Engine.Generation;
using McpI2V.Engine.Words;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Tests.Words;

/// <summary>The free camera does the camera, and tells of everything else that was asked of it.</summary>
public sealed class ToldOfAShot : IDisposable
{
    private readonly WordsBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("slow push in")]
    [InlineData("slow push in, camera glides forward")]
    [InlineData("The camera dollies in slowly toward the bottle and label")]
    [InlineData("gentle orbit to the left around the product, smooth and cinematic")]
    [InlineData("subtle motion")]
    public void Words_that_are_the_camera_are_acted_on_and_nothing_is_told(string prompt) => Assert.Empty(Told(WordsBench.Shot(prompt)));

    [Theory]
    [InlineData("slow push in, steam rises gently", "push in; not acted on: \"steam rises gently\"")]
    [InlineData("The camera dollies in slowly as the bottle rotates", "push in; not acted on: \"the bottle rotates\"")]
    [InlineData("push in, then pan left", "push in; not acted on: \"pan left\"")]
    [InlineData("push in, \u6e6f\u6c17\u304c\u7acb\u3064", "push in; not acted on: \"\u6e6f\u6c17\u304c\u7acb\u3064\"")]
    public void What_goes_beyond_it_is_told(string prompt, string told) =>
        Assert.StartsWith(told, Assert.Single(Told(WordsBench.Shot(prompt))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Steam rises gently from the cup")]
    [InlineData("Steam rises gently from the cup, camera locked off")]
    [InlineData("mirror reflection dance two-step")]
    [InlineData("Der Dampf steigt auf, die Kamera f\u00e4hrt langsam vor")]
    [InlineData("El vapor sube despacio")]
    [InlineData("\u30ab\u30e1\u30e9\u56fa\u5b9a\u3001\u6e6f\u6c17\u304c\u7acb\u3061\u4e0a\u308b")]
    public void Nothing_is_made_of_words_alone_and_the_call_that_would_do_is_written_out(string prompt)
    {
        var e = Assert.Throws<I2VException>(() => Told(WordsBench.Shot(prompt)));

        Assert.StartsWith("Not acted on: \"", e.Message, StringComparison.Ordinal);
        Assert.Contains(
            """animate_image {"image":"still-1","camera":{"move":"push_in","strength":0.35}}""",
            e.Message,
            StringComparison.Ordinal);
        Assert.Contains("Set VENDOR_KEY", e.Message, StringComparison.Ordinal);
        Assert.Equal("prompt", e.Argument);
    }

    [Fact]
    public void The_call_that_would_do_keeps_what_was_typed() => Assert.Contains(
        """{"move":"push_in","strength":0.35},"resolution":"480p","duration_seconds":3}""",
        Assert.Throws<I2VException>(() =>
            Told(WordsBench.Shot("Dampf steigt auf") with { Resolution = "480p", DurationSeconds = 3 })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Beside_a_typed_camera_words_are_told_and_block_nothing() => Assert.StartsWith(
        "orbit left; not acted on: \"steam rises, push in\"",
        Assert.Single(Told(WordsBench.Shot("steam rises, push in") with { Move = CameraMove.OrbitLeft, NamesCamera = true })),
        StringComparison.Ordinal);

    [Fact]
    public void A_ratio_is_something_typed() => Assert.StartsWith(
        "push in, 1:1; not acted on: \"steam rises\"",
        Assert.Single(Told(WordsBench.Shot("steam rises") with { AspectRatio = "1:1", Width = 1080, Height = 1080 })),
        StringComparison.Ordinal);

    [Fact]
    public void Who_has_a_key_is_told_that_a_model_does_it()
    {
        using var keyed = new WordsBench(hasKey: true);

        var told = keyed.Words.Shot.Foremost(WordsBench.Shot("push in, steam rises"), "push in, steam rises", WordsBench.Picture());

        Assert.Contains("leave model out", Assert.Single(told), StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Told(AnimateRequest shot) => bench.Words.Shot.Foremost(shot, shot.Prompt, WordsBench.Picture());
}

using System.Text.Json.Nodes;
using McpI2V.Engine.Planning;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Tests.Planning;

public sealed class TitlesOfClips
{
    [Theory]
    [InlineData("serum bottle on marble 9x16", "slow push in", "serum bottle on slow push in")]
    [InlineData("serum", "Steam rises gently, slow push in", "serum Steam rises gently slow push")]
    [InlineData("", "pan left", "pan left")]
    public void A_clip_is_called_by_what_it_shows_and_what_moves(string still, string motion, string title) =>
        Assert.Equal(title, ShortTitles.Of(ShortTitles.Subject(still, ""), motion));

    [Theory]
    [InlineData("serum slow push in 9x16", "serum slow push in")]
    [InlineData("serum slow push in 720x480 master", "serum slow push in")]
    [InlineData("9x16", "clip")]
    [InlineData("2x4 planks", "2x4 planks")]
    public void A_title_that_is_taken_over_leaves_the_old_ratio_behind(string title, string subject) =>
        Assert.Equal(subject, ShortTitles.Subject(title, "clip"));

    [Fact]
    public void An_edited_clip_is_called_by_what_it_shows_and_what_was_done() => Assert.Equal(
        "serum slow push in text Hola 16x9",
        RecipeTitles.Of(
            "serum slow push in 9x16",
            JsonNode.Parse("""[{"op":"text","text":"Hola"}]""")!.AsArray(),
            new PixelSize(1920, 1080)));
}

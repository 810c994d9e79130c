using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Finding;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Tests.Library.Finding;

public sealed class FindingAssets : IDisposable
{
    private readonly TestStudio studio = new();

    public void Dispose() => studio.Dispose();

    [Theory]
    [InlineData("serum", "clip-2, clip-1, still-1")]
    [InlineData("push serum", "clip-2")]
    [InlineData("Brillo", "clip-2")]
    [InlineData("¡mañana!", "clip-2")]
    [InlineData("100%", "")]
    public async Task Every_word_is_found_also_in_texts_and_in_what_it_was_made_from(string said, string found)
    {
        var still = await studio.StillAsync(64, 64, "serum.png");
        var clip = await studio.ClipAsync(64, 64, 1, "serum-raw.mp4");
        await studio.AddAsync(clip, c => c with
        {
            Title = "slow push in",
            Parent = still.Handle,
            Recipe = Steps("""{"op":"text","text":"Brillo","position":"top"},{"op":"captions","cues":[{"text":"¡mañana!"}]}"""),
        });

        Assert.Equal(found, Handles(await FindAsync(new AssetQuery { Words = AssetQuery.WordsOf(said) })));
    }

    [Fact]
    public async Task Members_of_a_recipe_are_no_words()
    {
        var clip = await studio.ClipAsync(64, 64, 1, "a.mp4");
        await studio.AddAsync(clip, c => c with { Recipe = Steps("""{"op":"text","text":"Hola","position":"center"}""") });

        Assert.Equal("", Handles(await FindAsync(new AssetQuery { Words = ["center"] })));
    }

    [Fact]
    public async Task A_colour_is_measured_once_and_found_by_word_or_number()
    {
        await studio.ImportAsync("a.png", "-f lavfi -i color=0x1e40af:s=64x64 -frames:v 1");
        await studio.ImportAsync("b.mp4", "-f lavfi -i color=0x2563eb:s=64x64:r=10:d=1 -c:v libx264 -pix_fmt yuv420p");
        await studio.ImportAsync("c.png", "-f lavfi -i color=white:s=64x64 -frames:v 1");

        Assert.Equal("clip-1, still-1", Handles(await FindAsync(new AssetQuery(), "blue")));
        Assert.Equal("clip-1", Handles(await FindAsync(new AssetQuery(), "#2563eb")));
        Assert.NotNull(studio.Library.Assets.Get(new AssetHandle(MediaKind.Clip, 1)).Colours);
        var e = await Assert.ThrowsAsync<I2VException>(() => FindAsync(new AssetQuery(), "blau"));
        Assert.Contains("#rrggbb", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_in_on_a_day_is_found_by_that_day()
    {
        await studio.StillAsync(64, 64, "a.png");
        studio.Time.Pass(TimeSpan.FromDays(3));
        await studio.StillAsync(48, 48, "b.png");
        var (from, to) = studio.Times.Read("today", "since");

        Assert.Equal("still-2", Handles(await FindAsync(new AssetQuery { Since = from, Until = to })));
        Assert.Equal("still-1", Handles(await FindAsync(new AssetQuery { Until = from })));
    }

    [Fact]
    public async Task What_is_nearest_is_told_with_one_thing_less_and_the_word_that_was_meant()
    {
        await studio.ImportAsync("bottle.png", "-f lavfi -i color=red:s=64x64 -frames:v 1");

        var near = studio.Finder.Nearest(new AssetQuery { Words = ["botle"], Kind = MediaKind.Clip }, colour: null);
        var other = studio.Finder.Nearest(new AssetQuery { Words = ["bottle"], Kind = MediaKind.Clip }, "blue");

        Assert.Equal(["\"bottle\" instead of \"botle\""], near);
        Assert.Equal(["1 of any kind, the newest still-1 \"bottle\""], other);
    }

    private async Task<AssetFinder.Found> FindAsync(AssetQuery query, string? colour = null) =>
        await studio.Finder.FindAsync(query, colour, CancellationToken.None);

    private static JsonArray Steps(string steps) => JsonNode.Parse($"[{steps}]")!.AsArray();

    private static string Handles(AssetFinder.Found found) => string.Join(", ", found.Assets.Select(a => a.Handle));
}

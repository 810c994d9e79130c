using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;
using McpI2V.Media.Clips;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Tests.Editing;

/// <summary>Edits are kept as steps from a master that is never altered.</summary>
public sealed class RecipesOfClips : IDisposable
{
    private readonly TestStudio studio = new();

    public void Dispose() => studio.Dispose();

    [Fact]
    public async Task References_of_steps_become_handles_and_the_rest_stays_as_it_was_written()
    {
        var logo = await studio.MakeAsync("logo.png", "-f lavfi -i color=c=red:s=64x64 -frames:v 1");
        var (one, two) = (await studio.ClipAsync(320, 180, 1, "one.mp4"), await studio.MakeAsync(
            "two.mp4",
            "-f lavfi -i color=c=blue:s=320x180:d=1 -pix_fmt yuv420p"));

        var bound = await BindAsync(
            $$"""{"op":"logo","image":"{{logo}}","scale":0.2}""",
            $$"""{"op":"append","clips":["{{one.Handle}}","{{two}}"]}""",
            """{"op":"mute"}""");

        Assert.Equal(
            """[{"op":"logo","image":"still-1","scale":0.2},{"op":"append","clips":["clip-1","clip-2"]},{"op":"mute"}]""",
            bound.ToJsonString());
    }

    [Theory]
    [InlineData("""{"op":"logo","image":7}""", "operations[1]: logo: image is 7")]
    [InlineData("""{"op":"append","clips":["clip-1",{}]}""", "operations[1]: append: clips")]
    [InlineData("""{"op":"logo","image":"still-9"}""", "operations[1].image")]
    [InlineData("""{"op":"sparkle"}""", "operations[1]")]
    public async Task A_step_that_refers_to_nothing_is_named_by_its_place(string step, string place)
    {
        await studio.ClipAsync(320, 180, 1);

        var e = await Assert.ThrowsAsync<I2VException>(() => BindAsync("""{"op":"mute"}""", step));

        Assert.Contains(place, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_is_its_master_with_its_own_steps_and_then_the_further_ones()
    {
        var master = await studio.ClipAsync(320, 180, 4);
        var clip = await EditedAsync(master, """[{"op":"trim","end_seconds":3}]""");

        var source = studio.Recipes.SourceOf(clip, Steps("""[{"op":"speed","factor":2}]"""));

        Assert.Equal(studio.Library.PathOf(master), source.Path);
        Assert.Equal(["trim", "speed"], source.Recipe.Select(o => o.Name));
        Assert.Equal(1.5, source.Result().Duration.TotalSeconds, 2);
        Assert.Equal(master.Handle, studio.Recipes.MasterOf(clip).Handle);
        Assert.Equal(master.Handle, studio.Recipes.MasterOf(master).Handle);
    }

    [Fact]
    public async Task A_step_that_does_not_fit_is_told_and_nothing_was_rendered()
    {
        var clip = await studio.ClipAsync(320, 180, 2);

        var late = Assert.Throws<I2VException>(
            () => studio.Recipes.SourceOf(clip, Steps("""[{"op":"mute"},{"op":"trim","start_seconds":5,"end_seconds":6}]""")));
        var unknown = Assert.Throws<I2VException>(
            () => studio.Recipes.SourceOf(clip, Steps("""[{"op":"mute"},{"op":"trim","from":1}]""")));

        Assert.Contains("step 2 (trim)", late.Message, StringComparison.Ordinal);
        Assert.Contains("operations[1]", unknown.Message, StringComparison.Ordinal);
        Assert.All([late, unknown], e => Assert.Equal(ErrorCode.InvalidArgument, e.Code));
        Assert.All([late, unknown], e => Assert.Contains("nothing was spent", e.Message, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("""{"op":"audio","audio":"still-1"}""", "no sound")]
    [InlineData("""{"op":"append","clips":["still-1"]}""", "no clip")]
    [InlineData("""{"op":"logo","image":"clip-1"}""", "no still")]
    [InlineData("""{"op":"logo","image":"a picture"}""", "no handle")]
    public async Task What_a_step_refers_to_must_be_of_its_kind(string step, string words)
    {
        var clip = await studio.ClipAsync(320, 180, 2);
        await studio.StillAsync(64, 64);

        var e = Assert.Throws<I2VException>(() => studio.Recipes.SourceOf(clip, Steps($"[{step}]")));

        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clips_are_appended_to_clips_only_so_deep()
    {
        var clip = await studio.ClipAsync(320, 180, 1);
        for (var level = 0; level < 8; level++)
        {
            clip = await EditedAsync(clip, $$"""[{"op":"trim","end_seconds":0.2},{"op":"append","clips":["{{clip.Handle}}"]}]""");
            studio.Recipes.SourceOf(clip);
        }
        var deeper = await EditedAsync(clip, $$"""[{"op":"append","clips":["{{clip.Handle}}"]}]""");

        var e = Assert.Throws<I2VException>(() => studio.Recipes.SourceOf(deeper));

        Assert.Contains("in one assemble_clips", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_has_only_so_many_steps_and_extending_it_alters_no_other()
    {
        var clip = await studio.ClipAsync(320, 180, 1);
        var full = await EditedAsync(clip, $"[{string.Join(',', Enumerable.Repeat("""{"op":"mute"}""", Recipes.MostSteps))}]");

        Assert.Throws<I2VException>(() => Recipes.Extend(full, Steps("""[{"op":"mute"}]""")));
        Assert.Single(Recipes.Extend(clip, Steps("""[{"op":"mute"}]""")));
        Assert.Empty(clip.Recipe);
        Assert.Equal(Recipes.MostSteps, full.Recipe.Count);
    }

    [Fact]
    public async Task Steps_are_tried_on_a_clip_that_is_not_made_yet()
    {
        var shape = new ClipShape(new PixelSize(320, 180), TimeSpan.FromSeconds(2), 30, HasAudio: false);

        studio.Recipes.RequireFit(Steps("""[{"op":"trim","end_seconds":1}]"""), shape);
        var e = Assert.Throws<I2VException>(() => studio.Recipes.RequireFit(
            Steps("""[{"op":"trim","end_seconds":1},{"op":"trim","start_seconds":1.5,"end_seconds":2}]"""),
            shape));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        Assert.Equal("operations[1].end_seconds", e.Argument);
    }

    [Fact]
    public async Task A_master_that_somebody_took_away_is_told()
    {
        var master = await studio.ClipAsync(320, 180, 1);
        var clip = await EditedAsync(master, """[{"op":"mute"}]""");
        File.Delete(studio.Library.PathOf(master));

        var e = await Assert.ThrowsAsync<I2VException>(() => studio.Recipes.RequireFilesAsync(clip, clip.Recipe, CancellationToken.None));

        Assert.Equal(ErrorCode.NotFound, e.Code);
        Assert.Contains(master.Handle.ToString(), e.Message, StringComparison.Ordinal);
    }

    private Task<Asset> EditedAsync(Asset clip, string recipe) =>
        studio.AddAsync(clip, c => c with { Master = c.Master ?? c.Handle, Recipe = Steps(recipe) });

    private static JsonArray Steps(string json) => JsonNode.Parse(json)!.AsArray();

    private Task<JsonArray> BindAsync(params string[] steps) => studio.Recipes.BindAsync(
        [.. steps.Select(s => JsonDocument.Parse(s).RootElement)],
        "operations",
        Caller.OfThisMachine,
        CancellationToken.None);
}

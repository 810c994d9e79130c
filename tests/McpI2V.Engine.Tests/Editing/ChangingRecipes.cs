using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Tests.Editing;

/// <summary>Steps that are there can be changed by the numbers that answers tell.</summary>
public sealed class ChangingRecipes : IDisposable
{
    private const string Titled = """
        [{"op":"trim","end_seconds":3},{"op":"text","text":"Glow, bottled.","position":"top"},{"op":"fade","out_seconds":1}]
        """;

    private readonly TestStudio studio = new();

    public void Dispose() => studio.Dispose();

    [Fact]
    public async Task A_recipe_is_told_in_a_line_by_its_numbers() => Assert.Equal(
        "1 trim 0-3 s; 2 text \"Glow, bottled.\" top; 3 fade out 1 s",
        RecipeWords.Of((await ClipAsync(Titled)).Recipe));

    [Theory]
    [InlineData("""{"op":"trim","start_seconds":-2}""", "trim the last 2 s")]
    [InlineData("""{"op":"trim","start_seconds":1,"end_seconds":-0.5}""", "trim from 1 s to 0.5 s before the end")]
    [InlineData("""{"op":"speed","factor":0.5,"interpolate":true}""", "speed factor 0.5 interpolate")]
    [InlineData("""{"op":"logo","image":"still-3","position":"bottom_right","scale":"0.1","end_seconds":2}""",
        "logo still-3 bottom_right scale 0.1 0-2 s")]
    [InlineData("""{"op":"append","clips":["clip-1","clip-2"],"transition":"crossfade","transition_seconds":0.5}""",
        "append clip-1, clip-2 crossfade transition 0.5 s")]
    [InlineData("""{"op":"captions","cues":[{"end_seconds":1.5,"text":"First sip"}]}""", "captions 1 cue (0-1.5 s \"First sip\")")]
    [InlineData("""{"op":"freeze_frame","at_seconds":1,"duration_seconds":2}""", "freeze frame at 1 s duration 2 s")]
    [InlineData("""{"op":"audio","audio":"audio-1","loop":false,"gain_db":-6}""", "audio audio-1 gain db -6")]
    public void A_step_is_told_as_it_was_asked_for(string step, string words) =>
        Assert.Equal(words, RecipeWords.OfStep(JsonNode.Parse(step)!));

    [Theory]
    [InlineData("[2]", "trim fade")]
    [InlineData("[1,3]", "text")]
    [InlineData("[1,2,3]", "")]
    public async Task Steps_are_taken_out_by_their_numbers(string remove, string left)
    {
        var edited = await EditAsync(await ClipAsync(Titled), new RecipeChange
        {
            Remove = JsonSerializer.Deserialize<int[]>(remove)!,
        });

        Assert.Equal(left, Names(edited));
        Assert.Null(edited.Further);
    }

    [Fact]
    public async Task A_step_that_is_replaced_keeps_the_members_that_are_not_named()
    {
        var edited = await EditAsync(await ClipAsync(Titled), Replace(2, """{"op":"text","text":"Brillo, embotellado."}"""));

        Assert.Equal("""{"op":"text","text":"Brillo, embotellado.","position":"top"}""", Step(edited, 1));
    }

    [Fact]
    public async Task A_member_is_taken_back_by_null_and_goes_where_it_contradicts_a_new_one()
    {
        var clip = await ClipAsync("""[{"op":"text","text":"Hi","end_seconds":2},{"op":"grade","look":"warm"}]""");

        var whole = await EditAsync(clip, Replace(1, """{"end_seconds":null}"""));
        var graded = await EditAsync(clip, Replace(2, """{"op":"grade","temperature":0.2}"""));
        var trimmed = await EditAsync(await ClipAsync("""[{"op":"trim","end_seconds":2}]"""), Replace(1, """{"start_seconds":3}"""));
        var other = await EditAsync(clip, Replace(2, """{"op":"mute"}"""));

        Assert.Equal("""{"op":"text","text":"Hi"}""", Step(whole, 0));
        Assert.Equal("""{"op":"grade","look":"warm","temperature":0.2}""", Step(graded, 1));
        Assert.Equal("""{"start_seconds":3,"op":"trim"}""", Step(trimmed, 0));
        Assert.Equal("""{"op":"mute"}""", Step(other, 1));
    }

    [Fact]
    public async Task Everything_of_one_call_counts_by_the_numbers_before_it()
    {
        var edited = await EditAsync(await ClipAsync(Titled), new RecipeChange
        {
            Replace = (3, Element("""{"op":"fade","out_seconds":0.5}""")),
            Remove = [1],
            Move = (3, 1),
            Add = [Element("""{"op":"mute"}""")],
        });

        Assert.Equal("fade text mute", Names(edited));
        Assert.Equal("""{"op":"fade","out_seconds":0.5}""", Step(edited, 0));
    }

    [Theory]
    [InlineData(4, 0, 0, 0, "remove is 4", "1 trim 0-3 s; 2 text")]
    [InlineData(0, 7, 0, 0, "replace.step is 7", "3 fade out 1 s")]
    [InlineData(0, 0, 9, 1, "move.step is 9", "1 trim")]
    [InlineData(0, 0, 1, 4, "move.to is 4", "1 to 3")]
    [InlineData(2, 2, 0, 0, "takes out step 2", "one of the two")]
    public async Task A_number_that_is_no_step_is_told_with_the_steps_there_are(
        int remove,
        int replace,
        int move,
        int to,
        params string[] words)
    {
        var clip = await ClipAsync(Titled);

        var e = await Assert.ThrowsAsync<I2VException>(() => EditAsync(clip, new RecipeChange
        {
            Remove = remove > 0 ? [remove] : [],
            Replace = replace > 0 ? (replace, Element("""{"op":"mute"}""")) : null,
            Move = move > 0 ? (move, to) : null,
        }));

        Assert.All(words, w => Assert.Contains(w, e.Message, StringComparison.Ordinal));
        Assert.Contains("nothing was spent", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_without_steps_says_so()
    {
        var clip = await studio.ClipAsync(320, 180, 2);

        var e = await Assert.ThrowsAsync<I2VException>(() => EditAsync(clip, new RecipeChange { Remove = [1] }));

        Assert.Contains("clip-1 has no steps", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_title_takes_the_place_of_the_first_under_what_came_after_it_and_says_so()
    {
        var edited = await EditAsync(await ClipAsync(Titled), Add("""{"op":"text","text":"Hola","position":"top"}"""));

        Assert.Equal("trim text fade", Names(edited));
        Assert.Contains("Hola", Step(edited, 1), StringComparison.Ordinal);
        Assert.Null(edited.Further);
        var note = Assert.Single(edited.Notes);
        Assert.Contains("text \"Hola\" top takes the place of text \"Glow, bottled.\" top", note, StringComparison.Ordinal);
        Assert.Contains("To keep both", note, StringComparison.Ordinal);
    }

    [Theory]
    // The words that stand elsewhere, or at another time, stay.
    [InlineData("""{"op":"text","text":"A","position":"top"}""", """{"op":"text","text":"B","position":"bottom"}""", "text text")]
    [InlineData("""{"op":"text","text":"A","end_seconds":1}""", """{"op":"text","text":"B","start_seconds":1}""", "text text")]
    [InlineData("""{"op":"text","text":"A","start_seconds":-1}""", """{"op":"text","text":"B","end_seconds":-1}""", "text text")]
    [InlineData("""{"op":"text","text":"A"}""", """{"op":"captions","cues":[{"end_seconds":1,"text":"B"}]}""", "text captions")]
    [InlineData("""{"op":"text","text":"A","end_seconds":2}""", """{"op":"text","text":"B","start_seconds":1}""", "text")]
    [InlineData(
        """{"op":"captions","cues":[{"end_seconds":1,"text":"A"}]}""",
        """{"op":"captions","cues":[{"end_seconds":2,"text":"B"}]}""",
        "captions")]
    public async Task Only_what_stands_at_the_same_place_at_the_same_time_goes(string first, string second, string left)
    {
        var edited = await EditAsync(await ClipAsync($"[{first}]"), Add(second));

        Assert.Equal(left, Names(edited));
        Assert.Equal(left.Contains(' ', StringComparison.Ordinal), edited.Further is not null);
    }

    [Theory]
    // When a title is seen goes with what is done to the time of the clip after it.
    [InlineData("""{"op":"trim","start_seconds":2}""", "trim text", "text trim text")]
    [InlineData("""{"op":"speed","factor":2}""", "speed text", "text speed text")]
    [InlineData("""{"op":"reverse"}""", "text reverse text", "reverse text")]
    [InlineData("""{"op":"freeze_frame","at_seconds":0.5,"duration_seconds":2}""", "text freeze_frame text", "text freeze_frame text")]
    [InlineData("""{"op":"loop","times":2}""", "text loop text", "loop text")]
    public async Task A_title_is_looked_for_where_it_is_seen_after_cuts(string between, string atStart, string afterIt)
    {
        // From 1 to 3 s of 4.
        var clip = await ClipAsync($$"""[{"op":"text","text":"A","start_seconds":1,"end_seconds":3},{{between}}]""");

        var early = await EditAsync(clip, Add("""{"op":"text","text":"B","start_seconds":0.6,"end_seconds":0.9}"""));
        var late = await EditAsync(clip, Add("""{"op":"text","text":"B","start_seconds":1.6,"end_seconds":1.9}"""));

        Assert.Equal((atStart, afterIt), (Names(early), Names(late)));
    }

    [Fact]
    public async Task A_logo_laid_again_smaller_replaces_the_one_before()
    {
        await studio.StillAsync(64, 64, "logo.png");
        var clip = await ClipAsync("""[{"op":"logo","image":"still-1","position":"bottom_right","start_seconds":-2}]""");

        var edited = await EditAsync(clip, Add(
            """{"op":"logo","image":"still-1","position":"bottom_right","start_seconds":-2,"scale":0.1}"""));

        Assert.Equal(
            "1 logo still-1 bottom_right scale 0.1 the last 2 s",
            RecipeWords.Of(edited.Steps));
    }

    [Fact]
    public async Task A_cut_beyond_the_end_is_told()
    {
        var clip = await ClipAsync("[]");

        var edited = await EditAsync(clip, Add("""{"op":"trim","end_seconds":99}"""));
        var within = await EditAsync(clip, Add("""{"op":"trim","end_seconds":3.5}"""));

        Assert.Equal("trim: end_seconds is 99, but the clip lasts 4 s, so it is kept to its end.", Assert.Single(edited.Notes));
        Assert.Empty(within.Notes);
    }

    [Theory]
    [InlineData("""{"op":"logo","image":"still-1","start_seconds":9}""", "start_seconds is 9, but the clip lasts 4 s")]
    [InlineData("""{"op":"text","text":"x","start_seconds":-9}""", "start_seconds is -9, which counts back from the clip's end")]
    [InlineData("""{"op":"text","text":"x","start_seconds":3,"end_seconds":-2}""", "the end must come after the start")]
    public async Task A_moment_that_the_clip_has_not_is_refused(string step, string words)
    {
        await studio.StillAsync(64, 64, "logo.png");
        var clip = await ClipAsync("[]");

        var e = await Assert.ThrowsAsync<I2VException>(() => EditAsync(clip, Add(step)));

        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    private Task<EditedRecipe> EditAsync(Asset clip, RecipeChange change) =>
        new RecipeEditor(studio.Recipes).EditAsync(clip, change, Caller.OfThisMachine, CancellationToken.None);

    private async Task<Asset> ClipAsync(string recipe) => await studio.AddAsync(
        await studio.ClipAsync(320, 180, 4),
        c => c with { Master = c.Handle, Recipe = JsonNode.Parse(recipe)!.AsArray() });

    private static RecipeChange Add(string step) => new() { Add = [Element(step)] };

    private static RecipeChange Replace(int step, string operation) => new() { Replace = (step, Element(operation)) };

    private static JsonElement Element(string json) => JsonElement.Parse(json);

    private static string Step(EditedRecipe recipe, int index) => recipe.Steps[index]!.ToJsonString();

    private static string Names(EditedRecipe recipe) => string.Join(' ', recipe.Steps.Select(s => s!["op"]!.ToString()));
}

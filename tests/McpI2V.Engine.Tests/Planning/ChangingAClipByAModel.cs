using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Tests.Planning;

/// <summary>A model gets the clip as it was before local edits; these follow on what it makes, for nothing.</summary>
public sealed class ChangingAClipByAModel : IDisposable
{
    private static readonly JsonArray Title = [new JsonObject { ["op"] = "text", ["text"] = "Glow" }];
    private readonly PlanningBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_master_is_changed_and_paid_and_the_recipe_follows_for_nothing()
    {
        var master = bench.Clip(720, 1280, seconds: 6);
        var clip = bench.Clip(720, 1280, seconds: 6, c => c with
        {
            Master = master.Handle,
            Recipe = Title.DeepClone().AsArray(),
        });

        var (change, recipe) = await PlanAsync(clip, Title, "make it night");

        var request = Assert.IsType<TransformRequest>(change.Request);
        Assert.Equal((master.Handle.ToString(), clip.Handle.ToString()), (request.Clip, request.Before));
        Assert.Equal(("alpha:edit", 1.2m), (change.Model, change.EstimatedCostUsd));
        Assert.Equal(("local:recipe", 0m), (recipe!.Model, recipe.EstimatedCostUsd));
        Assert.Equal("Glow", ((RecipeRequest)recipe.Request).Operations[0]!["text"]!.ToString());
    }

    [Fact]
    public async Task A_clip_without_edits_is_one_job()
    {
        var (change, recipe) = await PlanAsync(bench.Clip(720, 1280), [], "make it night");

        Assert.Null(recipe);
        Assert.Equal("make it night 9x16", change.Title);
    }

    [Fact]
    public async Task A_voice_is_made_without_the_clip_and_laid_under_it()
    {
        var clip = bench.Clip(720, 1280);

        var (change, recipe) = await PlanAsync(clip, [], "Glow, bottled.", new JsonObject { ["task"] = "text_to_speech" });

        Assert.Equal(("beta:voice", null), (change.Model, change.Request.Inputs.Clip));
        var under = Assert.IsType<RecipeRequest>(recipe!.Request);
        Assert.Equal(clip.Handle.ToString(), under.Clip);
        Assert.Equal(RecipeRequest.MadeBefore, Assert.Single(under.Operations)!["audio"]!.ToString());
        Assert.Equal(0, recipe.EstimatedCostUsd);
    }

    [Theory]
    [InlineData("dance", "make it night", "options.task")]
    [InlineData("video_edit", "", "instruction")]
    [InlineData("text_to_speech", "", "instruction")]
    [InlineData("lip_sync", "", "audio")]
    [InlineData("upscale", "", "model")]
    public async Task What_is_missing_is_told_before_anything_is_queued(string task, string instruction, string argument)
    {
        var e = await Assert.ThrowsAsync<I2VException>(() =>
            PlanAsync(bench.Clip(720, 1280), [], instruction, new JsonObject { ["task"] = task }));

        Assert.Equal(argument, e.Argument);
        Assert.Contains("Nothing was spent", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_model_says_what_is_to_be_done()
    {
        var (change, _) = await PlanAsync(bench.Clip(720, 1280), [], "Glow, bottled.", model: "beta-voice");

        Assert.Equal(Capability.TextToSpeech, Assert.IsType<AudioRequest>(change.Request).Capability);
    }

    [Fact]
    public async Task What_costs_more_than_it_may_is_refused()
    {
        var e = await Assert.ThrowsAsync<I2VException>(() =>
            PlanAsync(bench.Clip(720, 1280), [], "make it night", mostUsd: 0.5m));

        Assert.Equal((ErrorCode.OverBudget, "max_cost_usd"), (e.Code, e.Argument));
    }

    private Task<(NewJob Change, NewJob? Recipe)> PlanAsync(
        Asset clip,
        JsonArray steps,
        string instruction,
        JsonObject? options = null,
        string? model = null,
        decimal? mostUsd = null) => bench.Transforms.PlanAsync(
        new TransformOrder
        {
            Clip = clip,
            Instruction = instruction,
            Recipe = new EditedRecipe { Steps = steps.DeepClone().AsArray(), Further = [], Added = [] },
            Options = options ?? [],
            Model = model,
            MostUsd = mostUsd,
            Quality = EncodeQuality.Standard,
        },
        CancellationToken.None);
}

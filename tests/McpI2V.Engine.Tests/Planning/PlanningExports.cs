using System.Text.Json.Nodes;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Tests.Planning;

/// <summary>Posts have their platform's pixels whatever they are made of, say who made them, and cost nothing.</summary>
public sealed class PlanningExports : IDisposable
{
    private readonly PlanningBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(1080, 1920, "reels", "")]
    [InlineData(720, 1280, "reels", "scale")]
    [InlineData(1918, 1080, "reels", "reframe")]
    [InlineData(1280, 720, "youtube", "scale")]
    [InlineData(1078, 1920, "tiktok", "scale")]
    [InlineData(1080, 1080, "meta_feed", "reframe")]
    [InlineData(1440, 1800, "linkedin", "reframe")]
    public void A_post_is_brought_to_its_platform_by_as_little_as_that_needs(int width, int height, string platform, string steps)
    {
        var job = Assert.Single(Plan(bench.Clip(width, height), platform).Jobs);

        var operations = StepsOf(job);
        Assert.StartsWith(steps, string.Join(' ', operations.Select(o => o["op"]!.ToString())), StringComparison.Ordinal);
        Assert.Equal(steps.Length == 0, operations.Count == 0);
        Assert.Contains(Named(platform).Size.ToString(), job.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1080, 1920)]
    [InlineData(1918, 1080)]
    [InlineData(333, 777)]
    [InlineData(4096, 404)]
    [InlineData(720, 1280)]
    public void Every_platform_gets_its_own_pixels(int width, int height)
    {
        var clip = bench.Clip(width, height);

        var plan = Plan(clip, [.. Platform.All.Select(p => p.Name)]);

        Assert.All(Platform.All.Zip(plan.Jobs), post => Assert.Equal(
            post.First.Size,
            bench.SizeOf(clip, StepsOf(post.Second.After is { } first ? plan.Jobs[first] : post.Second))));
    }

    [Fact]
    public void Each_platform_is_a_free_job_of_the_best_quality_by_its_name()
    {
        var plan = Plan(bench.Clip(1080, 1920), "reels", "linkedin");

        Assert.Equal(["reels", "linkedin"], plan.Matrix["platform"]!.AsArray().Select(p => p!.ToString()));
        Assert.Equal(["reels", "linkedin"], plan.Jobs.Select(j => JsonNode.Parse(j.Variant!)!["platform"]!.ToString()));
        Assert.All(plan.Jobs, j => Assert.Equal(("export_clip", 0m, EncodeQuality.Best, null), (
            j.Tool,
            j.EstimatedCostUsd,
            j.Request.Quality,
            j.After)));
        Assert.Null(Assert.Single(Plan(bench.Clip(1080, 1920), "reels").Jobs).Variant);
    }

    [Fact]
    public void What_two_platforms_take_alike_is_encoded_once_and_copied()
    {
        var plan = Plan(bench.Clip(1080, 1920), "tiktok", "reels", "snapchat", "stories");

        Assert.Equal([null, null, 0, 1], plan.Jobs.Select(j => j.After));
        Assert.Equal([null, null, true, true], plan.Jobs.Select(j => ((RecipeRequest)j.Request).IsCopyOfBefore));
        Assert.All(plan.Jobs, j => Assert.NotNull(j.Variant));
    }

    [Fact]
    public void A_clip_that_a_model_had_a_hand_in_is_told_so_however_far_back()
    {
        var still = bench.Still();
        var generated = bench.Clip(1080, 1920, change: c => c with { Model = "alpha:clip", Inputs = [still.Handle.ToString()] });
        var edited = bench.Clip(1080, 1920, change: c => c with { Model = "local:recipe", Inputs = [generated.Handle.ToString()] });
        var own = bench.Clip(1080, 1920, change: c => c with { Model = "local:camera", Inputs = [still.Handle.ToString()] });

        Assert.Equal("AI-generated", NoticeOf(edited, "auto"));
        Assert.Null(NoticeOf(own, "auto"));
        Assert.Null(NoticeOf(edited, "none"));
        Assert.Equal("Made with AI by us", NoticeOf(own, "Made with AI by us"));
        Assert.Equal("Made with a generative model.", CommentOf(edited));
        Assert.Contains("No generative model", CommentOf(own), StringComparison.Ordinal);
    }

    [Fact]
    public void Assets_that_were_made_of_each_other_are_looked_at_once()
    {
        var first = bench.Clip(1080, 1920, change: c => c with { Inputs = ["clip-2"] });
        bench.Clip(1080, 1920, change: c => c with { Inputs = ["clip-1", "still-99", "no handle"] });

        Assert.Null(NoticeOf(first, "auto"));
    }

    [Fact]
    public void A_clip_that_is_longer_than_the_platform_shows_is_told()
    {
        var job = Assert.Single(Plan(bench.Clip(1080, 1920, seconds: 90), "stories").Jobs);

        Assert.Equal("stories shows at most 60 s, and the clip lasts 90 s; trim it first.", Assert.Single(job.Warnings));
        Assert.Empty(Assert.Single(Plan(bench.Clip(1080, 1920, seconds: 60), "stories").Jobs).Warnings);
    }

    [Fact]
    public void Captions_that_are_wrong_are_refused_by_their_place_before_anything_is_queued()
    {
        JsonArray cues = [JsonNode.Parse("""{"text":"Hi","start_seconds":0,"end_seconds":1}"""), JsonNode.Parse("""{"text":"Ho","start_seconds":3,"end_seconds":2}""")];

        var e = Assert.Throws<I2VException>(() =>
            bench.Exports.Plan(bench.Clip(1080, 1920), [Named("reels")], cues, "auto"));

        Assert.Equal("captions[1]", e.Argument);
    }

    private static Platform Named(string name) => Platform.All.Single(p => p.Name == name);

    private static IReadOnlyList<JsonNode> StepsOf(NewJob job) => [.. ((RecipeRequest)job.Request).Operations!];

    private BatchPlan Plan(Asset clip, params string[] platforms) =>
        bench.Exports.Plan(clip, [.. platforms.Select(Named)], captions: null, "auto");

    private string? NoticeOf(Asset clip, string disclosure) =>
        StepsOf(bench.Exports.Plan(clip, [Named("reels")], captions: null, disclosure).Jobs[0])
            .SingleOrDefault(s => s["op"]!.ToString() == "text")?["text"]!.ToString();

    private string CommentOf(Asset clip) =>
        ((RecipeRequest)bench.Exports.Plan(clip, [Named("reels")], captions: null, "none").Jobs[0].Request).Comment!;
}

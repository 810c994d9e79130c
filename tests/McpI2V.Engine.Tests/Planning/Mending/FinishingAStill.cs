using System.Text.Json.Nodes;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Planning.Mending;

namespace McpI2V.Engine.Tests.Planning.Mending;

/// <summary>Colour and type never decide who makes a still; what a call would pay for is said in its own words.</summary>
public sealed class FinishingAStill : IDisposable
{
    private readonly PlanningBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void A_look_is_laid_over_what_a_model_makes_and_does_not_reach_the_model()
    {
        var (request, after) = bench.Finish.Part(model: null, Still(new JsonObject { ["look"] = "warm", ["text"] = "Glow" }));

        Assert.Empty(request.Options);
        Assert.True(after!.IsOfBefore);
        Assert.Equal(["look", "text"], after.Options.Select(o => o.Key));
        var job = bench.Finish.JobOf(after, "serum 9x16");
        Assert.Equal(("local:still", 0m), (job.Model, job.EstimatedCostUsd));
        Assert.Contains("options.look, options.text", Assert.Single(job.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_free_composer_does_all_of_it_in_one()
    {
        using var free = new PlanningBench(hasKeys: false);
        var asked = Still(new JsonObject { ["look"] = "warm" });

        Assert.Equal((asked, null), free.Finish.Part(model: null, asked));
        Assert.Equal((asked, null), bench.Finish.Part("local-still", asked));
    }

    [Fact]
    public void Several_stills_are_not_finished_at_once()
    {
        var e = Assert.Throws<I2VException>(() =>
            bench.Finish.Part(model: null, Still(new JsonObject { ["look"] = "warm" }) with { Count = 4 }));

        Assert.Equal("count", e.Argument);
    }

    [Theory]
    [InlineData("backdrop", "local-still")]
    [InlineData("fit", "local-still")]
    [InlineData("look", null)]
    public void Options_that_compose_name_the_composer(string option, string? model) =>
        Assert.Equal(model, StillFinish.ModelOf(new JsonObject { [option] = "x" }));

    [Fact]
    public void A_price_is_told_with_all_that_it_pays_and_nothing_that_is_free()
    {
        var still = bench.Still(1600, 900);
        var shot = PlanningBench.Shot(still) with { AspectRatio = "9:16", Width = 900, Height = 1600, DurationSeconds = 5 };
        var mended = bench.Mend(shot);
        var clip = NewJob.For("animate_image", "clip", mended.Request, mended.Route);
        var free = bench.Finish.JobOf(Still([]) with { IsOfBefore = true, Prompt = "" }, "free");

        Assert.Equal(
            "2 clips of 5 s with alpha-clip, 9:16, 720p; 1 still with alpha-paint, 9:16",
            bench.Words.InWords([mended.Before!, clip, clip, free]));
    }

    [Fact]
    public async Task A_model_that_ends_soon_is_told_with_what_comes_after_it()
    {
        using var ending = new PlanningBench(change: m => m.Id == "alpha:clip"
            ? m with { RetiredOn = "2026-12-15", Instead = "beta-clip" }
            : m);

        var shot = await ending.Routes.ForShotAsync(
            "alpha-clip",
            PlanningBench.Shot(ending.Still()),
            mostUsd: null,
            "animate_image",
            CancellationToken.None);

        Assert.EndsWith(
            "alpha:clip is switched off by its provider on 2026-12-15; then use beta-clip.",
            shot.Route.Why,
            StringComparison.Ordinal);
    }

    private static StillRequest Still(JsonObject options) => new()
    {
        Prompt = "a serum bottle",
        AspectRatio = "9:16",
        Width = 1080,
        Height = 1920,
        Options = options,
    };
}

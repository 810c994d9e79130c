using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Planning;

namespace McpI2V.Engine.Tests.Planning;

/// <summary>Takes of one request: one job where the model makes several at once, else one a take, each at its own price.</summary>
public sealed class TakesOfARequest : IDisposable
{
    private readonly PlanningBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void A_model_that_makes_several_at_once_has_one_job_at_the_price_of_all()
    {
        var still = new StillRequest { Prompt = "a serum bottle", AspectRatio = "9:16", Width = 1080, Height = 1920, Count = 3 };
        var route = Painted(bench, count: 3);

        var plan = bench.Takes.Plan(3, route, (take, step) => NewJob.For("generate_still", $"take {take}", still, step));

        var job = Assert.Single(plan.Jobs);
        Assert.Equal((0.12m, "3 stills", "take ", null), (job.EstimatedCostUsd, job.Buys, job.Title, job.Variant));
    }

    [Fact]
    public void Else_each_take_is_a_job_with_its_own_seed_number_and_price()
    {
        var plan = Plan(count: 3, seed: 40);

        Assert.Equal([40L, 41, 42], plan.Jobs.Select(j => j.Request.Seed!.Value));
        Assert.Equal(["1", "2", "3"], plan.Matrix["take"]!.AsArray().Select(t => t!.ToString()));
        Assert.Equal(["1", "2", "3"], plan.Jobs.Select(j => JsonNode.Parse(j.Variant!)!["take"]!.ToString()));
        Assert.All(plan.Jobs, j => Assert.Equal((0.5m, null, "5 s"), (j.EstimatedCostUsd, j.After, j.Buys)));
    }

    [Fact]
    public void A_take_goes_on_to_another_model_at_no_more_than_its_own_price()
    {
        var step = Assert.Single(Plan(count: 2, seed: 0).Jobs[0].Route);

        Assert.Equal(("beta:clip", 0.4m, false), (step.Model, step.EstimateUsd, step.OnlyIfAsked));
    }

    [Fact]
    public void What_would_be_dearer_for_one_take_is_only_for_the_asking()
    {
        using var dear = new PlanningBench(change: m => m.Id == "beta:paint" ? m with { MaxCount = 1 } : m);
        // For all of a call the other model looked cheaper, for it makes one at a time.
        var asked = Painted(dear, count: 6) with { Next = [new RouteStep("beta:paint", "beta", 0.045m)] };

        var plan = dear.Takes.Plan(6, asked, (_, step) => NewJob.For("generate_still", "still", Still(), step));

        Assert.Equal(6, plan.Jobs.Count);
        Assert.All(plan.Jobs, j => Assert.Equal((0.04m, true), (j.EstimatedCostUsd, Assert.Single(j.Route).OnlyIfAsked)));
    }

    [Fact]
    public void All_takes_wait_for_the_still_that_is_extended_once()
    {
        var before = Plan(count: 1, seed: 0).Jobs[0] with { Title = "extended to 9x16" };

        var plan = Plan(count: 2, seed: 0).Following(before);

        Assert.Equal(["extended to 9x16", "clip", "clip"], plan.Jobs.Select(j => j.Title));
        Assert.Equal([null, 0, 0], plan.Jobs.Select(j => j.After));
        Assert.Same(plan, plan.Following(null));
    }

    private static Route Painted(PlanningBench bench, int count) => new ModelRouter(bench.Models).Choose(
        "alpha-paint",
        new ModelNeed { Capability = Capability.TextToImage, AspectRatio = "9:16", Count = count });

    private static StillRequest Still() => new() { Prompt = "a serum bottle", Width = 1080, Height = 1920 };

    private BatchPlan Plan(int count, long seed)
    {
        var shot = PlanningBench.Shot(bench.Still()) with { DurationSeconds = 5, Count = count };
        return bench.Takes.Plan(count, bench.RouteOf(shot), (take, step) => NewJob.For(
            "animate_image",
            "clip",
            take is { } number ? shot with { Count = 1, Seed = seed + number } : shot,
            step));
    }
}

using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Tests.Planning.Mending;

/// <summary>
/// What stands in the way of a shot is mended by the least change, told and priced; it never becomes another kind of clip.
/// </summary>
public sealed class MendingAShot
{
    [Fact]
    public void What_fits_is_left_as_it_is()
    {
        using var bench = new PlanningBench();
        var shot = PlanningBench.Shot(bench.Still()) with { DurationSeconds = 5 };

        var mended = bench.Mend(shot);

        Assert.Equal((shot, "alpha:clip", 0.5m), (mended.Request, mended.Route.Model.Id, mended.Route.EstimateUsd));
        Assert.Null(mended.Before);
        Assert.Empty(mended.Said);
    }

    [Fact]
    public void A_still_of_another_shape_is_extended_first_by_a_cheap_model_and_told_with_its_price()
    {
        using var bench = new PlanningBench();
        var still = bench.Still(1600, 900);

        var mended = bench.Mend(Tall(still));

        var before = Assert.IsType<NewJob>(mended.Before);
        Assert.Equal(("alpha:paint", 0.04m), (before.Model, before.EstimatedCostUsd));
        Assert.Equal("9:16", Assert.IsType<StillRequest>(before.Request).AspectRatio);
        Assert.Equal([still.Handle.ToString()], before.Request.Inputs.All);
        Assert.Equal((true, "9:16", 900, 1600), (
            mended.Request.IsExtendedBefore,
            mended.Request.AspectRatio,
            mended.Request.Width,
            mended.Request.Height));
        var said = Assert.Single(mended.Said);
        Assert.Contains("9:16 was asked for", said, StringComparison.Ordinal);
        Assert.Contains("alpha:paint ($0.04", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_no_model_makes_is_extended_to_the_nearest_that_one_makes()
    {
        using var bench = new PlanningBench();

        var mended = bench.Mend(PlanningBench.Shot(bench.Still(1200, 1000)));

        Assert.Equal(("beta:clip", "1:1"), (mended.Route.Model.Id, mended.Request.AspectRatio));
        Assert.Contains("beta-clip makes 9:16, 1:1", Assert.Single(mended.Said), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.53, EncodeQuality.Standard)]
    [InlineData(2, EncodeQuality.Draft)]
    public void Where_no_money_is_left_for_it_or_it_is_a_draft_the_edges_are_blurred_for_nothing(double mostUsd, EncodeQuality quality)
    {
        using var bench = new PlanningBench();
        var shot = Tall(bench.Still(1600, 900)) with { Quality = quality, DurationSeconds = 5 };

        var mended = bench.Mend(shot, "alpha-clip", (decimal)mostUsd);

        Assert.Equal(("local:still", 0), (mended.Before!.Model, mended.Before.EstimatedCostUsd));
        Assert.Equal("extend_blur", mended.Before.Request.Options["fit"]!.ToString());
        Assert.Contains("blurred edges (free", Assert.Single(mended.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_the_extension_nor_the_clip_goes_on_to_what_is_dearer_than_was_told()
    {
        using var bench = new PlanningBench(change: m => m.Id == "beta:clip" ? m with { Price = new Price("second", 0.12m) } : m);

        var mended = bench.Mend(Tall(bench.Still(1600, 900)) with { DurationSeconds = 5 }, mostUsd: 0.62m);

        Assert.Equal([("beta:clip", true)], mended.Route.Next.Select(n => (n.Model, n.OnlyIfAsked)));
        Assert.Equal([("beta:paint", true)], mended.Before!.Route.Select(n => (n.Model, n.OnlyIfAsked)));
        Assert.True(mended.Before.EstimatedCostUsd + mended.Route.EstimateUsd <= 0.62m);
    }

    [Theory]
    [InlineData(3, 4, "beta:clip")]
    [InlineData(9, 10, "alpha:clip")]
    [InlineData(60, 10, "alpha:clip")]
    public void A_length_that_none_makes_becomes_the_nearest(double seconds, double made, string model)
    {
        using var bench = new PlanningBench();

        var mended = bench.Mend(PlanningBench.Shot(bench.Still()) with { DurationSeconds = seconds });

        Assert.Equal((made, model), (mended.Request.DurationSeconds, mended.Route.Model.Id));
        Assert.Equal(made, mended.Route.Settings.DurationSeconds);
        Assert.StartsWith($"duration_seconds is {seconds}, which no model", Assert.Single(mended.Said), StringComparison.Ordinal);
        Assert.Null(mended.Before);
    }

    [Fact]
    public void A_still_that_has_a_models_shape_is_never_turned_to_keep_a_length()
    {
        using var bench = new PlanningBench(change: m => m.Id == "alpha:clip"
            ? m with { AspectRatios = ["16:9"], DurationsSeconds = new DurationRange(2, 60) }
            : m);

        var mended = bench.Mend(PlanningBench.Shot(bench.Still()) with { DurationSeconds = 30 });

        Assert.Equal(("beta:clip", 8), (mended.Route.Model.Id, mended.Request.DurationSeconds));
        Assert.Null(mended.Before);
    }

    [Fact]
    public void A_resolution_that_none_makes_becomes_the_nearest()
    {
        using var bench = new PlanningBench();

        var mended = bench.Mend(PlanningBench.Shot(bench.Still()) with { Resolution = "480p" });

        Assert.Equal("720p", mended.Request.Resolution);
        Assert.StartsWith("resolution is 480p", Assert.Single(mended.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_names_a_model_is_told_what_lengths_it_makes_and_what_makes_the_length()
    {
        using var bench = new PlanningBench();

        var e = Assert.Throws<I2VException>(() =>
            bench.Mend(PlanningBench.Shot(bench.Still()) with { DurationSeconds = 7 }, "alpha-clip"));

        Assert.Equal("duration_seconds", e.Argument);
        Assert.Contains("beta-clip can do it", e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was spent", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_key_the_camera_never_stands_for_a_model_and_what_no_change_mends_is_refused()
    {
        using var bench = new PlanningBench();
        var shot = PlanningBench.Shot(bench.Still(1600, 900)) with { Audio = "native" };

        var e = Assert.Throws<I2VException>(() => bench.Mend(shot));

        Assert.Equal(ErrorCode.UnsupportedByModel, e.Code);
        Assert.Contains("makes no sound", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_the_camera_moves_over_any_still_and_nothing_is_mended()
    {
        using var bench = new PlanningBench(hasKeys: false);

        var mended = bench.Mend(Tall(bench.Still(1600, 900)));

        Assert.Equal(("local:camera", 0), (mended.Route.Model.Id, mended.Route.EstimateUsd));
        Assert.Null(mended.Before);
        Assert.Empty(mended.Said);
    }

    [Fact]
    public void A_still_that_is_to_be_fitted_as_the_user_says_is_not_extended()
    {
        using var bench = new PlanningBench();

        var mended = bench.Mend(Tall(bench.Still(1600, 900)) with { Options = new JsonObject { ["fit"] = "pad" } });

        Assert.Null(mended.Before);
        Assert.Equal("alpha:clip", mended.Route.Model.Id);
    }

    [Fact]
    public void What_is_too_dear_is_refused_with_the_cheapest()
    {
        using var bench = new PlanningBench();

        var e = Assert.Throws<I2VException>(() => bench.Mend(PlanningBench.Shot(bench.Still()), mostUsd: 0.01m));

        Assert.Equal((ErrorCode.OverBudget, "max_cost_usd"), (e.Code, e.Argument));
        Assert.Contains("beta:clip at $0.40", e.Message, StringComparison.Ordinal);
    }

    private static AnimateRequest Tall(PixelSize size, AnimateRequest shot) => shot with
    {
        AspectRatio = "9:16",
        Width = Math.Min(size.Width, size.Height),
        Height = new AspectRatio(9, 16).SizeWithShortSide(Math.Min(size.Width, size.Height)).Height,
    };

    private static AnimateRequest Tall(Asset still) => Tall(still.Size, PlanningBench.Shot(still));
}

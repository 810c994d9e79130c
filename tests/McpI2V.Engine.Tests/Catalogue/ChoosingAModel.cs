using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Tests.Catalogue;

public sealed class ChoosingAModel
{
    private static readonly PixelSize Tall = new(1080, 1920);

    private static readonly ModelEntry[] Models =
    [
        Model("alpha:fast", 0.05m, m => m with { Alias = "fast", Quality = [EncodeQuality.Draft, EncodeQuality.Standard] }),
        Model(
            "alpha:fine",
            0.2m,
            m => m with
            {
                Alias = "fine",
                Quality = [EncodeQuality.Best, EncodeQuality.Standard],
                Audio = "optional",
                Frames = ["first", "last"],
                Price = new Price("second", 0.2m, [new PriceRate { Audio = true, Usd = 0.4m }]),
            }),
        Model("beta:fast-too", 0.06m, m => m with { Alias = "fast", Resolutions = ["1080p"], AspectRatios = ["9:16", "16:9"] }),
        Model("beta:only-last", 0.1m, m => m with { Alias = "last", Frames = ["first", "last"], Needs = ["last"] }),
        Model("gone:old", 0, m => m with { Alias = "old", RetiredOn = "2026-09-24", Instead = "fine" }),
        Model("alpha:ending", 0.05m, m => m with { Alias = "ending", RetiredOn = "2026-12-01" }),
        Model("keyless:any", 0.01m, m => m with { Alias = "any" }),
    ];

    [Theory]
    [InlineData(EncodeQuality.Standard, "alpha:fast")]
    [InlineData(EncodeQuality.Best, "alpha:fine")]
    [InlineData(EncodeQuality.Draft, "alpha:fast")]
    public void Auto_takes_the_first_that_serves_the_wanted_quality(EncodeQuality quality, string id)
    {
        var route = Router().Choose("auto", Need with { Quality = quality });

        Assert.Equal(id, route.Model.Id);
        Assert.Contains(id, route.Why!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_goes_to_who_can_do_it()
    {
        Assert.Equal("alpha:fine", Router().Choose(null, Need with { NativeAudio = true }).Model.Id);
        Assert.Equal("alpha:fine", Router().Choose(null, Need with { HasLast = true, Quality = EncodeQuality.Best }).Model.Id);
        Assert.Equal("beta:fast-too", Router().Choose(null, Need with { Resolution = "1080p" }).Model.Id);
        Assert.Equal("beta:only-last", Router().Choose("last", Need with { HasLast = true }).Model.Id);
    }

    [Fact]
    public void An_alias_is_whoever_serves_it_in_order_and_falls_back_to_the_next()
    {
        var route = Router().Choose("Fast", Need, mostUsd: 0.5m);

        Assert.Equal("alpha:fast", route.Model.Id);
        Assert.Equal(["beta:fast-too"], route.Next.Select(n => n.Model));
        Assert.Equal((0.3m, false), (route.Next[0].EstimateUsd, route.Next[0].OnlyIfAsked));
    }

    [Fact]
    public void Nothing_falls_back_to_what_is_dearer_unless_the_user_says_so()
    {
        var route = Router().Choose("Fast", Need);

        Assert.Equal([("beta:fast-too", true)], route.Next.Select(n => (n.Model, n.OnlyIfAsked)));
        Assert.DoesNotContain("beta", route.Why!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "gamma:same", "beta:same", "alpha:same")]
    [InlineData("beta", "beta:same", "gamma:same", "alpha:same")]
    [InlineData("alpha gamma", "alpha:same", "gamma:same", "beta:same")]
    public void Of_those_who_have_the_same_model_the_cheaper_is_asked_first_unless_the_user_has_an_order(
        string order,
        params string[] asked)
    {
        var router = Router(
            order.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Model("alpha:same", 0.3m, m => m with { Alias = "same" }),
            Model("beta:same", 0.2m, m => m with { Alias = "same" }),
            Model("gamma:same", 0.1m, m => m with { Alias = "same" }));

        var route = router.Choose("same", Need, mostUsd: 2);
        var auto = router.Choose("auto", Need with { DurationSeconds = 8.5 });

        Assert.Equal(asked, route.Next.Select(n => n.Model).Prepend(route.Model.Id));
        Assert.Equal(asked[0], auto.Model.Id);
        Assert.Contains(
            $"; elsewhere {string.Join(", ", route.Next.Select(n => $"{n.Provider} ${n.EstimateUsd:0.00}"))}; ",
            route.Why!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_less_is_not_the_cheaper()
    {
        var router = Router(
            [],
            Model("alpha:sharp", 0.3m, m => m with { Alias = "same", Resolutions = ["1080p", "720p"] }),
            Model("beta:small", 0.1m, m => m with { Alias = "same" }));

        Assert.Equal("alpha:sharp", router.Choose("same", Need).Model.Id);
        Assert.Equal("beta:small", router.Choose("same", Need with { Resolution = "720p" }).Model.Id);
    }

    [Fact]
    public void One_of_each_provider_comes_before_the_second_of_any()
    {
        var router = Router(more:
        [
            Model("alpha:one", 0.05m, m => m),
            Model("alpha:two", 0.05m, m => m),
            Model("gamma:one", 0.05m, m => m),
            Model("gamma:two", 0.05m, m => m),
        ]);

        Assert.Equal(
            ["gamma:one", "alpha:ending", "gamma:two", "alpha:one"],
            router.Choose(null, Need).Next.Where(n => !n.OnlyIfAsked).Select(n => n.Model));
    }

    [Fact]
    public void The_embedded_camera_stands_for_a_generative_model_only_by_its_name()
    {
        var router = Router(more: [Model("local:camera", 0, m => m with { Alias = "local-camera", Price = new Price("free") })]);
        var wide = Need with { InputSize = new PixelSize(1920, 1080), AspectRatio = "9:16" };

        Assert.Null(router.Find(null, wide));
        Assert.Equal("aspect_ratio", Assert.Throws<I2VException>(() => router.Choose(null, wide)).Argument);
        Assert.Equal("local:camera", router.Choose("local camera", Need).Model.Id);
        var dear = Assert.Throws<I2VException>(() => router.Choose(null, Need, mostUsd: 0.01m));
        Assert.Equal(ErrorCode.OverBudget, dear.Code);
        Assert.Contains("model local-camera is free", dear.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fine", 9.0, "duration_seconds", "2 to 8 s")]
    [InlineData("nothing", 5.0, "model", "not in the catalogue")]
    [InlineData("old", 5.0, "model", "2026-09-24")]
    [InlineData("any", 5.0, "model", "set KEYLESS")]
    [InlineData("last", 5.0, "end_image", "needs an end_image")]
    public void What_can_t_be_done_is_refused_with_what_can(string model, double seconds, string argument, string words)
    {
        var e = Assert.Throws<I2VException>(() => Router().Choose(model, Need with { DurationSeconds = seconds }));

        Assert.Equal(argument, e.Argument);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was spent", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_still_of_another_shape_is_not_cropped_in_silence()
    {
        var wide = Need with { InputSize = new PixelSize(1920, 1080), AspectRatio = "9:16" };

        Assert.Equal("aspect_ratio", Assert.Throws<I2VException>(() => Router().Choose("beta:fast-too", wide)).Argument);
        Assert.Equal("9:16", Router().Choose("beta:fast-too", wide with { FitsInput = true }).Settings.AspectRatio);
    }

    [Fact]
    public void A_model_that_is_to_end_is_served_until_its_day()
    {
        Assert.Equal("alpha:ending", Router().Choose("ending", Need).Model.Id);
        Assert.Throws<I2VException>(() => Router(new DateTimeOffset(2026, 12, 1, 0, 0, 1, TimeSpan.Zero)).Choose("ending", Need));
    }

    [Theory]
    [InlineData("second", 5, 2, 0.2)]
    [InlineData("clip", 5, 2, 0.04)]
    [InlineData("input_second", 5, 1, 0.14)]
    [InlineData("megapixel", 5, 1, 0.04148)]
    [InlineData("thousand_characters", 5, 1, 0.01)]
    [InlineData("free", 5, 3, 0)]
    public void A_price_is_units_times_a_rate(string unit, double seconds, int count, double usd) =>
        Assert.Equal(
            (decimal)usd,
            new Price(unit, 0.02m).For(new ModelSettings
            {
                DurationSeconds = seconds,
                Count = count,
                InputSeconds = 7,
                Characters = 500,
                Size = Tall,
            }));

    [Theory]
    [InlineData(0.5, 0.1)]
    [InlineData(5.05, 0.1)]
    [InlineData(5.5, 0.2)]
    [InlineData(10, 0.2)]
    public void A_price_may_count_started_steps(double seconds, double usd)
    {
        var settings = new ModelSettings { InputSeconds = seconds };

        Assert.Equal((decimal)usd, new Price("input_second", 0.02m, StepSeconds: 5).For(settings));
    }

    [Fact]
    public void A_price_may_grow_with_each_still_that_goes_in() => Assert.Equal(
        0.212m,
        new Price("image", 0.1m, InputStillUsd: 0.003m).For(new ModelSettings { InputStills = 2, Count = 2 }));

    [Theory]
    [InlineData(false, 0, 0.31)]
    [InlineData(true, 0, 0.32)]
    [InlineData(true, 2, 0.34)]
    public void The_frames_of_a_clip_are_stills_that_go_in(bool hasLast, int references, double usd)
    {
        var model = Models[1] with { Frames = ["first", "last", "references"], Price = new Price("second", 0.06m, InputStillUsd: 0.01m) };
        var need = Need with { HasFirst = true, HasLast = hasLast, References = references };

        Assert.Equal((decimal)usd, model.Price.For(ModelFit.Judge(model, need).Settings));
    }

    [Fact]
    public void A_clip_is_priced_as_long_as_it_is_taken()
    {
        var model = Models[0] with
        {
            Capabilities = [Capability.VideoEdit],
            DurationsSeconds = null,
            Inputs = new InputLimits { ClipSeconds = 18 },
        };

        var fit = ModelFit.Judge(model, Need with { Capability = Capability.VideoEdit, InputSeconds = 40 });

        Assert.Equal((18, 18), (fit.Settings.InputSeconds, fit.Settings.DurationSeconds));
    }

    private static ModelNeed Need => new()
    {
        Capability = Capability.ImageToVideo,
        InputSize = Tall,
        HasFirst = true,
        Prompt = "slow push in",
    };

    private static ModelRouter Router(DateTimeOffset? now = null, params ModelEntry[] more) =>
        Router(new Today(now ?? new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero)), [new Rows("several", [.. Models, .. more])]);

    // Only these, each provider's by itself, of any length.
    private static ModelRouter Router(string[] order, params ModelEntry[] models) => Router(
        TimeProvider.System,
        [.. models
            .Select(m => m with { DurationsSeconds = new DurationRange(2, 9) })
            .GroupBy(m => m.Provider)
            .Select(g => new Rows(g.Key, [.. g]))],
        order);

    private static ModelRouter Router(TimeProvider time, IReadOnlyList<IModelSource> sources, string[]? order = null)
    {
        var library = new LibraryOptions { Home = Path.Combine(Path.GetTempPath(), "i2v-no-such-library") };
        return new ModelRouter(new ModelCatalogue(
            library,
            new HomeDocuments(library),
            sources,
            p => p == "keyless" ? "no key is set; set KEYLESS" : null,
            time,
            order: order));
    }

    private static ModelEntry Model(string id, decimal usd, Func<ModelEntry, ModelEntry> change) => change(new ModelEntry
    {
        Id = id,
        Alias = id,
        Provider = id.Split(':')[0],
        Capabilities = [Capability.ImageToVideo],
        Frames = ["first"],
        DurationsSeconds = new DurationRange(2, 8),
        Resolutions = ["720p"],
        AspectRatios = ["source"],
        Price = new Price("second", usd),
    });

    private sealed class Rows(string provider, ModelEntry[] models) : IModelSource
    {
        public string Provider => provider;

        IEnumerable<ModelEntry> IModelSource.Rows() => models;
    }

    private sealed class Today(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

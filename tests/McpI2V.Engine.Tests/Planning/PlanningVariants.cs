using System.Text.Json.Nodes;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Planning;
using McpI2V.Media.Camera;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Text;

namespace McpI2V.Engine.Tests.Planning;

/// <summary>
/// A matrix as jobs: what is paid is made once, what edits it waits for it, and what can't be is refused before all of it.
/// </summary>
public sealed class PlanningVariants : IDisposable
{
    private readonly PlanningBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Variants_that_differ_in_words_alone_share_one_master_that_is_paid_once()
    {
        var jobs = Plan(Matrix() with { Texts = [Text("Glow"), Text("Calm"), Text("Bloom")] });

        Assert.Equal(["alpha:clip", "local:recipe", "local:recipe", "local:recipe"], jobs.Select(j => j.Model));
        Assert.Equal([null, 0, 0, 0], jobs.Select(j => j.After));
        Assert.Equal(0.5m, jobs.Sum(j => j.EstimatedCostUsd));
        Assert.EndsWith(" master", jobs[0].Title, StringComparison.Ordinal);
        Assert.Null(jobs[0].Variant);
        Assert.Equal(["Glow", "Calm", "Bloom"], jobs.Skip(1).Select(j => JsonNode.Parse(j.Variant!)!["text"]!.ToString()));
        Assert.StartsWith("Calm ", jobs[2].Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cameras_masters_know_where_their_titles_stand_and_a_models_are_the_same_for_any_words()
    {
        static JsonObject At(string position) => new() { ["op"] = "text", ["text"] = "Glow", ["position"] = position };
        TextPosition? Of(VariantMatrix matrix) => ((AnimateRequest)Plan(matrix)[0].Request).TitleAt;
        var local = Matrix() with { Models = ["local:camera"] };

        Assert.Equal(TextPosition.Top, Of(local with { Texts = [At("top"), At("top")] }));
        Assert.Equal(TextPosition.Bottom, Of(local with { Operations = [Text("Glow")] }));
        Assert.Null(Of(local with { Texts = [At("top"), At("bottom")] }));
        Assert.Null(Of(Matrix() with { Texts = [At("top")] }));
    }

    [Fact]
    public void What_changes_the_picture_has_a_master_each()
    {
        var jobs = Plan(Matrix() with
        {
            Motions = [("push_in", new CameraChoice(CameraMove.PushIn), ""), ("pan_left", new CameraChoice(CameraMove.PanLeft), "")],
            Texts = [Text("Glow"), Text("Calm")],
        });

        Assert.Equal(2, jobs.Count(j => j.Variant is null));
        Assert.Equal([null, 0, 0, null, 3, 3], jobs.Select(j => j.After));
        Assert.Equal(1m, jobs.Sum(j => j.EstimatedCostUsd));
    }

    [Fact]
    public void Without_edits_each_variant_is_a_clip_of_its_own()
    {
        var jobs = Plan(Matrix() with { Prompts = ["steam rises", "light sweeps over it"] });

        Assert.Equal(["steam rises", "light sweeps over it"], jobs.Select(j => ((AnimateRequest)j.Request).Prompt));
        Assert.All(jobs, j => Assert.Equal((null, 0.5m), (j.After, j.EstimatedCostUsd)));
    }

    [Fact]
    public void Takes_have_seeds_of_their_own_and_texts_of_a_take_share_its_master()
    {
        var jobs = Plan(Matrix() with { Takes = 2, Seed = 7, Texts = [Text("Glow"), Text("Calm")] });

        var masters = jobs.Where(j => j.Variant is null).ToList();
        Assert.Equal([7L, 8], masters.Select(j => j.Request.Seed!.Value).Order());
        Assert.All(jobs.Where(j => j.Variant is not null), j => Assert.Equal(
            JsonNode.Parse(j.Variant!)!["take"]!.ToString(),
            $"{jobs[j.After!.Value].Request.Seed - 6}"));
    }

    [Fact]
    public void A_sound_is_laid_under_a_shared_master_in_a_loop()
    {
        var sound = bench.Sound();
        var jobs = Plan(Matrix() with { Sounds = [sound, bench.Sound()] });

        var step = Assert.Single(((RecipeRequest)jobs[1].Request).Operations)!;
        Assert.Equal(("audio", sound.Handle.ToString(), true), (
            step["op"]!.ToString(),
            step["audio"]!.ToString(),
            step["loop"]!.GetValue<bool>()));
        Assert.Single(jobs, j => j.EstimatedCostUsd > 0);
    }

    [Fact]
    public void A_still_is_extended_once_for_all_that_animate_it_and_they_wait_for_it()
    {
        var still = bench.Still(1600, 900);
        var jobs = Plan(Matrix() with
        {
            Images = [still],
            Ratios = ["9:16"],
            Prompts = ["steam rises", "light sweeps over it"],
            Texts = [Text("Glow"), Text("Calm")],
        });

        var extension = Assert.Single(jobs, j => j.Request is StillRequest);
        Assert.Equal((0, 0.04m), (jobs.ToList().IndexOf(extension), extension.EstimatedCostUsd));
        var clips = jobs.Index().Where(j => j.Item.Request is AnimateRequest).ToList();
        Assert.Equal(2, clips.Count);
        Assert.All(clips, c => Assert.Equal(0, c.Item.After));
        Assert.All(
            jobs.Where(j => j.Request is RecipeRequest),
            j => Assert.Contains(j.After!.Value, clips.Select(c => c.Index)));
        Assert.Equal(1.04m, jobs.Sum(j => j.EstimatedCostUsd));
    }

    [Fact]
    public void A_clip_is_titled_by_the_ratio_it_will_have_and_told_why_its_still_is_extended()
    {
        var job = Plan(Matrix() with { Images = [bench.Still(1200, 1000)] }).Single(j => j.Request is AnimateRequest);

        Assert.EndsWith(" 1x1", job.Title, StringComparison.Ordinal);
        Assert.Contains(job.Warnings, w => w.Contains("extended first by alpha:paint ($0.04", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clips_that_a_batch_has_made_are_used_again_with_other_words_and_without_any()
    {
        var matrix = Matrix() with { Prompts = ["steam rises"] };
        var batch = bench.Made(Plan(matrix));
        var made = await bench.MastersOfAsync(batch);

        var more = Plan(matrix with { Prompts = ["steam rises", "light sweeps over it"] }, made: made);
        var words = Plan(matrix with { Texts = [Text("Glow"), Text("Calm")] }, made: made);

        Assert.Equal([0, 0.5m], more.Select(j => j.EstimatedCostUsd));
        Assert.Equal(["local:recipe", "local:recipe"], words.Select(j => j.Model));
        Assert.All(words.Append(more[0]), j => Assert.Contains("used again", Assert.Single(j.Warnings), StringComparison.Ordinal));
    }

    [Fact]
    public void Models_are_an_axis_of_their_own_with_their_own_prices()
    {
        var jobs = Plan(Matrix() with { Models = ["alpha-clip", "beta-clip", "local-camera"] });

        Assert.Equal(["alpha:clip", "beta:clip", "local:camera"], jobs.Select(j => j.Model));
        Assert.Equal([0.5m, 0.4m, 0], jobs.Select(j => j.EstimatedCostUsd));
    }

    [Fact]
    public void Nothing_of_a_batch_goes_on_to_a_dearer_model()
    {
        var jobs = Plan(Matrix() with { Models = ["auto"] });

        Assert.All(jobs.SelectMany(j => j.Route), step => Assert.True(step.OnlyIfAsked || step.EstimateUsd <= 0.5m));
    }

    [Fact]
    public void Prompts_of_which_the_free_camera_makes_the_same_clip_are_refused_before_anything_is_made()
    {
        using var free = new PlanningBench(hasKeys: false);
        var matrix = Matrix(free) with { Prompts = ["slow push in", "push in slowly"] };

        var e = Assert.Throws<I2VException>(() => Plan(matrix, free));

        Assert.Equal("prompts", e.Argument);
        Assert.Contains("prompts[0] and prompts[1]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_on_which_the_free_camera_does_not_act_stand_first()
    {
        using var free = new PlanningBench(hasKeys: false);

        var job = Assert.Single(Plan(Matrix(free) with { Prompts = ["slow push in, steam rises gently"] }, free));

        Assert.Contains("not acted on: \"steam rises gently\"", Assert.Single(job.Foremost), StringComparison.Ordinal);
        Assert.Empty(Plan(Matrix() with { Prompts = ["slow push in, steam rises gently"] })[0].Foremost);
    }

    [Theory]
    [InlineData("""{"op":"trim","start_seconds":9,"end_seconds":12}""", "operations[0].end_seconds", "lasts 5 s")]
    [InlineData("""{"op":"trim","end_seconds":6}""", "operations[0].end_seconds", "lasts 5 s")]
    [InlineData("""{"op":"freeze_frame","at_seconds":9}""", "operations", "at_seconds")]
    public void A_step_that_does_not_fit_the_clip_to_come_is_refused_before_anything_is_paid(string step, string argument, string told)
    {
        var e = Assert.Throws<I2VException>(() => Plan(Matrix() with { Operations = [JsonNode.Parse(step)] }));

        Assert.Equal(argument, e.Argument);
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_that_no_model_makes_is_the_nearest_in_every_variant()
    {
        var jobs = Plan(Matrix() with { DurationSeconds = 3, Texts = [Text("Glow")] });

        Assert.Equal(("beta:clip", 4), (jobs[0].Model, ((AnimateRequest)jobs[0].Request).DurationSeconds));
        Assert.Contains(jobs[0].Warnings, w => w.StartsWith("duration_seconds is 3", StringComparison.Ordinal));
    }

    private static JsonObject Text(string words) => new() { ["op"] = "text", ["text"] = words };

    private VariantMatrix Matrix(PlanningBench? of = null) => new()
    {
        Images = [(of ?? bench).Still()],
        Operations = [],
        Options = [],
        DurationSeconds = 5,
        Quality = EncodeQuality.Standard,
    };

    private IReadOnlyList<NewJob> Plan(VariantMatrix matrix, PlanningBench? of = null, MadeMasters? made = null) =>
        (of ?? bench).Variants.Plan(matrix, [.. BatchMatrix.Product(matrix.Axes())], made);
}

using System.Globalization;
using McpI2V.Answers.Batches;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Tests.Answers;

/// <summary>What a look at a batch tells.</summary>
public sealed class TellingOfABatch
{
    private readonly BatchNews news = new();

    [Fact]
    public void Variants_are_called_by_what_tells_them_apart_the_hook_first()
    {
        Assert.Equal(
            ["Glow, bottled. · push in", "Hello · pan left"],
            VariantLabels.Of(
            [
                ("""{"image":"still-1","camera":"push_in","aspect_ratio":"9:16","text":"Glow, bottled."}""", "a"),
                ("""{"image":"still-1","camera":"pan_left","aspect_ratio":"9:16","text":"Hello"}""", "b"),
            ]));
        Assert.Equal(["take 1", "take 2"], VariantLabels.Of([("""{"take":1}""", "a"), ("""{"take":2}""", "b")]));
        Assert.Equal(["its title"], VariantLabels.Of([("""{"image":"still-1"}""", "its title")]));
    }

    [Fact]
    public void Each_look_tells_only_what_is_new_and_no_more_than_a_few()
    {
        var first = Report(40, made: 5).For(news, "me");
        var second = Report(40, made: 6).For(news, "me");
        var nothing = Report(40, made: 6).For(news, "me");
        var another = Report(40, made: 6).For(news, "another");

        Assert.Equal((3, 2), (first.Told.Count, first.AlsoNew));
        Assert.Equal([6], second.Told.Select(v => v.Number));
        Assert.Empty(nothing.Told);
        Assert.Equal((3, 3), (another.Told.Count, another.AlsoNew));
    }

    [Fact]
    public void Who_asks_again_after_the_end_sees_it_again()
    {
        var first = Report(40, made: 40).For(news, "me");
        var again = Report(40, made: 40).For(news, "me");

        Assert.Equal((5, 35), (first.Told.Count, first.AlsoNew));
        Assert.Equal([1, 2, 3, 4, 5], again.Told.Select(v => v.Number));
    }

    [Fact]
    public void A_small_batch_is_told_whole_when_it_is_over_whatever_was_told_before()
    {
        _ = Report(10, made: 9).For(news, "me");

        Assert.Equal(10, Report(10, made: 10).For(news, "me").Told.Count);
    }

    [Fact]
    public void Failures_are_told_by_their_cause()
    {
        var report = Report(30, made: 10, failed: 20).For(news, "me");

        var (cause, of) = Assert.Single(report.Failures);
        Assert.Equal(("the job: the vendor is out of credit", 20), (cause, of.Count));
    }

    [Fact]
    public void A_bill_above_the_limit_of_the_whole_call_is_told()
    {
        Assert.Null(Report(4, made: 4, cost: 0.1m, limit: 0.4m).OverLimit);
        Assert.Contains("has cost $0.80, and max_cost_usd was $0.40", Report(4, made: 4, cost: 0.2m, limit: 0.4m).OverLimit!,
            StringComparison.Ordinal);
    }

    private static BatchReport Report(int variants, int made, int failed = 0, decimal cost = 0, decimal? limit = null)
    {
        List<MadeVariant> all =
        [
            .. Enumerable.Range(1, variants).Select(n =>
            {
                var state = n <= made ? JobState.Succeeded : n <= made + failed ? JobState.Failed : JobState.Running;
                var job = new Job
                {
                    Id = n,
                    Tool = "batch_variants",
                    Title = $"variant {n}",
                    Kind = "recipe",
                    Request = "{}",
                    Provider = "local",
                    Model = "local:recipe",
                    State = state,
                    CostUsd = cost,
                    MaxCostUsd = limit,
                    Variant = "{}",
                    ErrorMessage = state == JobState.Failed ? $"job-{n}: the vendor is out of credit" : null,
                    EndedAt = DateTimeOffset.UnixEpoch.AddSeconds(n),
                };
                return new MadeVariant(n, job.Title, job, state == JobState.Succeeded ? Asset(n) : null, "/clip.mp4");
            }),
        ];
        return new BatchReport
        {
            Batch = new Batch(1, "hooks", "{}", DateTimeOffset.UnixEpoch),
            Jobs = [.. all.Select(v => v.Job)],
            Variants = all,
        };
    }

    private static Asset Asset(int number) => new()
    {
        Handle = new AssetHandle(MediaKind.Clip, number),
        File = number.ToString(CultureInfo.InvariantCulture),
        Format = MediaFormat.Mp4,
        Size = new PixelSize(480, 854),
        Duration = TimeSpan.FromSeconds(1),
        Bytes = 1,
        Sha256 = "",
        Title = "variant",
        Operation = "edit",
    };
}

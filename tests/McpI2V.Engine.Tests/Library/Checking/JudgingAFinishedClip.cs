using McpI2V.Engine.Library.Checking;
using McpI2V.Media.Examining;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Tests.Library.Checking;

/// <summary>What was found is told with what to do about it, and only where anybody would mind.</summary>
public sealed class JudgingAFinishedClip
{
    private static readonly ClipFacts Facts = new(new PixelSize(1080, 1920), TimeSpan.FromSeconds(5), 30, 150, "h264", "aac");

    [Fact]
    public void What_is_well_is_only_measured()
    {
        var checks = ClipChecks.Judge(
            new ClipFindings { Black = (2, 0.1), FrozenSeconds = 0.4, Flicker = 0.001, Lufs = -14, TruePeakDb = -1 },
            Facts,
            shouldMove: true).ToList();

        Assert.Equal(["black", "first_frame", "flicker", "frozen", "loudness", "true_peak"], checks.Select(c => c.Name));
        Assert.All(checks, c => Assert.True(c.Ok && c.Advice is null));
    }

    [Fact]
    public void What_is_broken_is_told_with_what_to_do()
    {
        var broken = ClipChecks.Judge(
            new ClipFindings
            {
                Black = (1.2, 0.8),
                FrozenSeconds = 4.9,
                Flicker = 0.02,
                BeginsEmpty = true,
                Lufs = -41.3,
                TruePeakDb = 0.7,
            },
            Facts,
            shouldMove: true).ToList();

        Assert.All(broken, c => Assert.False(c.Ok));
        Assert.Contains("black from 1.2 to 2.0 s", broken[0].Advice, StringComparison.Ordinal);
        Assert.Contains("nothing moves for 4.9 of its 5.0 s", broken[3].Advice, StringComparison.Ordinal);
        Assert.Contains("-41.3 LUFS", broken[4].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_of_ours_may_stand_still_and_silence_is_not_soft()
    {
        var checks = ClipChecks.Judge(
            new ClipFindings { FrozenSeconds = 5, Lufs = double.NegativeInfinity, TruePeakDb = -180 },
            Facts,
            shouldMove: false).ToList();

        Assert.DoesNotContain(checks, c => c.Name == "frozen");
        Assert.All(checks, c => Assert.True(c.Ok));
        Assert.All(checks, c => Assert.True(double.IsFinite(c.Value)));
    }

    [Theory]
    [InlineData(new[] { 0.96, 0.91, 0.8 }, null)]
    [InlineData(new[] { 0.95, 0.9, 0.31, 0.2 }, "lost from second 2 on")]
    [InlineData(new[] { 0.1, 0.1 }, "not in it from the beginning")]
    public void The_second_from_which_the_subject_is_lost_is_named(double[] bySecond, string? told)
    {
        var check = ClipChecks.OfLikeness(bySecond, new AssetHandle(MediaKind.Still, 3))!;

        Assert.Equal(told is null, check.Ok);
        Assert.Contains(told ?? "", check.Advice ?? "", StringComparison.Ordinal);
        Assert.Null(ClipChecks.OfLikeness([], new AssetHandle(MediaKind.Still, 3)));
    }
}

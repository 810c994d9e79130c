using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Remote.Results;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Tests.Jobs.Remote.Results;

public sealed class WhatIsToldAfterPaying
{
    private static readonly RemoteStatus Done = new() { State = RemoteState.Done };

    [Fact]
    public void What_came_as_ordered_at_its_price_is_told_in_no_line()
    {
        Assert.Empty(AfterPaying.Lines(Job(0.40m, limit: 0.50m), Done, 0.40m, [Clip()], missing: null));
    }

    [Fact]
    public void A_bill_above_the_limit_is_told_first_however_little_it_is_above()
    {
        var line = Assert.Single(AfterPaying.Lines(Job(0.32m, limit: 0.34m), Done, 0.38m, [Clip()], missing: null));

        Assert.StartsWith("vendor charged $0.38, and $0.32 was expected, and max_cost_usd was $0.34.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_length_size_or_silence_is_told()
    {
        var checks = OrderChecks.Of(
            Order(new ModelSettings
            {
                Resolution = "720p",
                Size = new PixelSize(720, 1280),
                AspectRatio = "9:16",
                NativeAudio = true,
            }),
            new ClipFacts(new PixelSize(480, 480), TimeSpan.FromSeconds(5), 24, 120, "h264", null),
            isSilent: true).ToList();

        var lines = AfterPaying.Lines(Job(0.40m), Done, 0.40m, [Clip() with { Checks = checks }], missing: null).ToList();

        Assert.Equal(3, lines.Count);
        Assert.Contains("it is 480x480, though 720p was ordered and paid", lines[0], StringComparison.Ordinal);
        Assert.Contains("it is 480x480, though 9:16 was ordered", lines[1], StringComparison.Ordinal);
        Assert.Contains("it is silent, though sound was ordered and paid", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_encoders_round_is_as_ordered()
    {
        Assert.Empty(OrderChecks.Of(
            Order(new ModelSettings { Resolution = "720p", Size = new PixelSize(720, 1280), AspectRatio = "9:16" }),
            new ClipFacts(new PixelSize(704, 1280), TimeSpan.FromSeconds(5), 24, 120, "h264", null),
            isSilent: false));
    }

    [Fact]
    public void A_soft_still_is_told_and_a_bright_one_is_as_it_may_have_been_wanted()
    {
        var still = Clip() with
        {
            Format = MediaFormat.Png,
            Checks = [new Check("sharpness", false, 2, 60, "it looks soft"), new Check("highlights", false, 240, 225, "it is very bright")],
        };

        Assert.Equal(
            ["Look before you animate it: it looks soft."],
            AfterPaying.Lines(Job(0.04m), Done, 0.04m, [still], missing: null));
    }

    [Fact]
    public void A_models_own_words_are_quoted_and_its_pleasantries_stay_below()
    {
        var explained = Done with { Says = "I left the brand name out, because I can't draw trademarks." };
        var polite = Done with { Says = "Here is your image." };

        Assert.Equal(
            ["vendor says: \"I left the brand name out, because I can't draw trademarks.\""],
            AfterPaying.Lines(Job(0.04m), explained, 0.04m, [Clip()], missing: null));
        Assert.Null(AfterPaying.Remark(Job(0.04m), explained));
        Assert.Empty(AfterPaying.Lines(Job(0.04m), polite, 0.04m, [Clip()], missing: null));
        Assert.Equal("vendor says: \"Here is your image.\"", AfterPaying.Remark(Job(0.04m), polite));
    }

    private static Job Job(decimal estimate, decimal? limit = null) => new()
    {
        Id = 1,
        Tool = "animate_image",
        Title = "clip",
        Kind = "animate",
        Request = "{}",
        Provider = "vendor",
        Model = "vendor:model",
        EstimatedCostUsd = estimate,
        MaxCostUsd = limit,
    };

    private static ProducedFile Clip() => new()
    {
        Path = "clip.mp4",
        Format = MediaFormat.Mp4,
        Size = new PixelSize(720, 1280),
        Title = "clip",
        Operation = "animate",
    };

    private static GenerationOrder Order(ModelSettings settings) => new()
    {
        Key = "key",
        Capability = Capability.ImageToVideo,
        Model = null!,
        Settings = settings,
        Prompt = "push in",
    };
}

using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Providers.Tests.Xai;

/// <summary>Stills, which are their own answer.</summary>
public sealed class AskingForAStill : IDisposable
{
    private readonly XaiServer xai = new();

    [Fact]
    public async Task A_still_says_everything_that_costs_and_comes_with_the_answer()
    {
        Answer("""{"data":[{"b64_json":"aGVsbG8="},{"b64_json":"aGVsbG8="}],"usage":{"cost_in_usd_ticks":800000000}}""");
        var order = Still(Capability.TextToImage);

        var (path, body) = await xai.SentAsync(order);
        var kept = await xai.WithAsync(p => p.RecallAsync(order, CancellationToken.None));

        Assert.Equal("/v1/images/generations", path);
        Assert.Equal(
            """{"model":"grok-imagine-image-2.0","prompt":"push in","aspect_ratio":"9:16","resolution":"2k","quality":"low","n":2,"response_format":"b64_json"}""",
            body.ToJsonString());
        Assert.Equal((RemoteState.Done, 0.08m, 2), (kept!.Finished!.State, kept.Finished.CostUsd, kept.Finished.Outputs.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task One_picture_that_goes_in_has_its_own_member_and_several_are_a_list(int references)
    {
        Answer("""{"data":[{"b64_json":"aGVsbG8="}]}""");

        var (path, body) = await xai.SentAsync(Still(Capability.ImageEdit) with
        {
            Image = xai.Input("still"),
            References = [.. Enumerable.Range(0, references).Select(i => xai.Input($"r{i}"))],
        });

        Assert.Equal("/v1/images/edits", path);
        var one = references == 0 ? body["image"] : body["images"]!.AsArray()[0];
        Assert.Equal((XaiServer.Data("still"), "image_url"), ($"{one!["url"]}", $"{one["type"]}"));
        Assert.Equal(references > 0, body.ContainsKey("images"));
        Assert.Equal(references > 0, !body.ContainsKey("image"));
        Assert.Equal(references > 0 ? references + 1 : null, body["images"]?.AsArray().Count);
    }

    [Fact]
    public async Task What_moderation_holds_back_is_charged_and_what_is_left_is_delivered()
    {
        Answer("""{"data":[{"respect_moderation":false},{"respect_moderation":false}]}""");
        await xai.SentAsync(Still(Capability.TextToImage));
        var none = await xai.WithAsync(p => p.RecallAsync(Still(Capability.TextToImage), CancellationToken.None));
        Answer("""{"data":[{"respect_moderation":false},{"b64_json":"aGVsbG8="}]}""");
        await xai.SentAsync(Still(Capability.TextToImage));
        var one = await xai.WithAsync(p => p.RecallAsync(Still(Capability.TextToImage), CancellationToken.None));

        Assert.Equal(
            (RemoteState.Failed, ErrorCode.ProviderRefused, 0.12m),
            (none!.Finished!.State, none.Finished.Fault!.Code, none.Finished.CostUsd));
        Assert.Equal((RemoteState.Done, 1), (one!.Finished!.State, one.Finished.Outputs.Count));
    }

    [Theory]
    [InlineData("grok-imagine-image-2.0", EncodeQuality.Draft, "1080p", 0, 0.04)]
    [InlineData("grok-imagine-image-2.0", EncodeQuality.Standard, "1080p", 1, 0.07)]
    [InlineData("grok-imagine-image-2.0", EncodeQuality.Standard, "1440p", 0, 0.08)]
    [InlineData("grok-imagine-image-quality", EncodeQuality.Standard, "1440p", 0, 0.07)]
    [InlineData("grok-imagine-image", EncodeQuality.Standard, "1440p", 0, 0.02)]
    public void A_still_costs_what_the_price_list_says(string model, EncodeQuality quality, string resolution, int stills, double usd) =>
        Assert.Equal((decimal)usd, XaiServer.Order(model).Model.Price.For(new ModelSettings
        {
            Quality = quality,
            Resolution = resolution,
            InputStills = stills,
        }));

    public void Dispose() => xai.Dispose();

    private void Answer(string body) => xai.Answers = _ => (200, body);

    private GenerationOrder Still(Capability capability) => XaiServer.Order("grok-imagine-image-2.0", capability) with
    {
        AnswerFile = xai.AnswerFile,
        Settings = new ModelSettings
        {
            Resolution = "1440p",
            AspectRatio = "9:16",
            Quality = EncodeQuality.Draft,
            Count = 2,
            Size = new(810, 1440),
        },
    };
}

using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Tests.Ark;

/// <summary>Stills, which are their own answer, and the two clouds.</summary>
public sealed class AskingForAStillAndARegion : IDisposable
{
    private const string Pro = "ark:dola-seedream-5-0-pro-260628";
    private readonly ArkServer ark = new();

    [Fact]
    public async Task A_still_is_asked_for_in_pixels_with_its_pictures_together_and_comes_with_the_answer()
    {
        ark.Answers = _ => (200, """{"data":[{"b64_json":"aGVsbG8=","size":"768x1376"}],"usage":{"generated_images":1}}""");
        var order = Still("ark:seedream-5-5-261028") with
        {
            Capability = Capability.ImageEdit,
            Image = ark.Input("first"),
            References = [ark.Input("second")],
        };

        var body = await ark.SentAsync(order);
        var kept = await ark.WithAsync(p => p.RecallAsync(order, CancellationToken.None));

        Assert.Equal([ArkServer.Data("first"), ArkServer.Data("second")], body["image"]!.AsArray().Select(i => $"{i}"));
        Assert.Equal(
            ("seedream-5-5-261028", "768x1376", "b64_json", "png", "disabled", false, false),
            ($"{body["model"]}", $"{body["size"]}", $"{body["response_format"]}", $"{body["output_format"]}",
                $"{body["sequential_image_generation"]}", (bool)body["watermark"]!, (bool)body["stream"]!));
        Assert.Equal((RemoteState.Done, 0.036m), (kept!.Finished!.State, kept.Finished.CostUsd));
        Assert.Single(kept.Finished.Outputs);
    }

    [Theory]
    [InlineData("OutputImageSensitiveContentDetected", ErrorCode.ProviderRefused)]
    [InlineData("InternalServiceError", ErrorCode.ProviderFailed)]
    public async Task A_picture_that_was_not_made_says_why_and_costs_nothing(string code, ErrorCode means)
    {
        ark.Answers = _ => (200, $$$"""{"data":[{"error":{"code":"{{{code}}}","message":"no"}}],"usage":{"generated_images":0}}""");

        await ark.SentAsync(Still(Pro));
        var kept = await ark.WithAsync(p => p.RecallAsync(Still(Pro), CancellationToken.None));

        Assert.Equal((RemoteState.Failed, means, 0m), (kept!.Finished!.State, kept.Finished.Fault!.Code, kept.Finished.CostUsd));
    }

    [Fact]
    public async Task At_the_other_cloud_a_model_has_another_id_and_what_it_lacks_is_not_offered()
    {
        ark.Answers = _ => (200, """{"data":[{"b64_json":"aGVsbG8="}]}""");
        var body = await ark.SentAsync(Still(Pro), "volcengine");
        var ids = ArkServer.Rows("volcengine").Select(r => r.Id).ToList();
        var foreign = Still(Pro) with { Model = ArkServer.Row("ark:seedream-5-5-261028") with { Id = "ark:dola-seedream-9", Wire = null } };
        var refused = await ark.WithAsync(p => Task.FromResult(Record.Exception(() => p.Review(foreign))), "volcengine");
        var warned = await ark.WithAsync(p => Task.FromResult(p.Review(Still(Pro))), "volcengine");

        Assert.Equal("doubao-seedream-5-0-pro-260628", $"{body["model"]}");
        Assert.Contains("ark:dreamina-seedance-2-5-260628", ids);
        Assert.DoesNotContain("ark:seedream-5-5-261028", ids);
        Assert.Contains("I2V__Providers__Ark__Region", Assert.IsType<I2VException>(refused).Message, StringComparison.Ordinal);
        Assert.Contains(warned, w => w.Contains("yuan", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "BytePlus ModelArk", "volcengine")]
    [InlineData("volcengine", "Volcengine Ark", "byteplus")]
    public async Task A_key_that_is_not_accepted_may_be_of_the_other_cloud(string? region, string here, string there)
    {
        await using var server = await LocalServer.StartAsync(c =>
        {
            c.Response.StatusCode = 401;
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                c.Response,
                """{"error":{"code":"AuthenticationError","message":"The API key is invalid"}}""");
        });
        var provider = Providers.Ark.ArkRegistration.Descriptor.Create(
            new ProviderOptions
            {
                Name = "ark",
                KeyVariable = "ARK_API_KEY",
                ApiKey = new Secret("a-key-of-tests"),
                BaseUrl = server.Origin,
                OwnSettings = region is null ? null : new Providers.Ark.ArkSettings { Region = region },
            },
            TimeProvider.System).Provider;

        var why = await provider.CheckKeyAsync(CancellationToken.None);

        Assert.Contains(here, why, StringComparison.Ordinal);
        Assert.Contains($"I2V__Providers__Ark__Region={there}", why, StringComparison.Ordinal);
        Assert.Contains("ARK_API_KEY", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("byteplus", "ark.ap-southeast.bytepluses.com")]
    [InlineData("volcengine", "ark.cn-beijing.volces.com")]
    public void A_region_is_a_host(string region, string host) =>
        Assert.Equal(host, Providers.Ark.ArkRegion.Named(region).Api.Host);

    public void Dispose() => ark.Dispose();

    private GenerationOrder Still(string model) => ArkServer.Order(model, Capability.TextToImage) with
    {
        AnswerFile = ark.AnswerFile,
        Settings = new ModelSettings { Resolution = "1080p", AspectRatio = "9:16", Size = new(768, 1376), InputStills = 2 },
    };
}

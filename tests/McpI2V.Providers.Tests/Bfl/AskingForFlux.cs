using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Providers.Bfl;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Bfl;

/// <summary>Requests as Black Forest Labs gets them, where they are looked up, and what its answers mean.</summary>
public sealed class AskingForFlux : IDisposable
{
    private const string Video = "flux-3-video";
    private readonly TestFolder folder = new();
    private readonly List<(string Path, string? Key, string Body)> asked = [];
    private (int Status, string Body) answer = (200, """{"id":"t1","polling_url":"https://api.bfl.ai/v1/get_result?id=t1"}""");

    [Theory]
    [InlineData(Video, "\"mode\":\"i2v\",\"prompt\":\"push in\",\"keyframes\":[\"c3RpbGwtMQ==\",\"c3RpbGwtMg==\"],\"duration\":5," +
        "\"aspect_ratio\":\"9:16\",\"resolution\":\"fhd\",\"generate_audio\":false")]
    [InlineData("flux-3-video/draft", "\"mode\":\"i2v\",\"draft\":true,\"prompt\":\"push in\",\"keyframes\":[\"c3RpbGwtMQ==\"," +
        "\"c3RpbGwtMg==\"],\"duration\":5,\"aspect_ratio\":\"9:16\",\"generate_audio\":false")]
    public async Task A_clip_is_asked_for_with_everything_that_would_cost_if_left_out(string model, string wanted)
    {
        var (path, body) = await SentAsync(Order(model) with
        {
            Image = folder.Input("still-1"),
            EndImage = folder.Input("still-2"),
            Settings = new ModelSettings { DurationSeconds = 5, Resolution = "1080p", AspectRatio = "9:16" },
        });

        Assert.Equal("/v1/flux-3-video", path);
        Assert.Equal("{" + wanted + "}", body.ToJsonString());
    }

    [Fact]
    public async Task A_clip_goes_on_or_is_changed_as_bare_bytes()
    {
        var clip = folder.Input("clip-1", MediaFormat.Mp4);

        var longer = await SentAsync(Order("flux-3-video/extend", Capability.VideoExtend) with { Clip = clip });
        var snow = await SentAsync(Order("flux-tools/video-edit-v1", Capability.VideoEdit) with { Clip = clip });

        Assert.Equal(
            """{"mode":"v2v","aspect_ratio":"auto","prompt":"push in","start_video":"Y2xpcC0x","duration":5,"resolution":"hd",""" +
                "\"generate_audio\":false}",
            longer.Body.ToJsonString());
        Assert.Equal("/v1/flux-tools/video-edit-v1", snow.Path);
        Assert.Equal("""{"prompt":"push in","video":"Y2xpcC0x"}""", snow.Body.ToJsonString());
    }

    [Fact]
    public async Task A_resolution_is_written_as_the_factor_that_leads_to_it()
    {
        GenerationOrder Larger(int side) => Order("flux-tools/video-upscale-v1", Capability.Upscale) with
        {
            Clip = folder.Input("clip-1", MediaFormat.Mp4),
            Settings = new ModelSettings { Resolution = $"{side}p", Size = new PixelSize(side, side * 16 / 9) },
        };

        var sent = await SentAsync(Larger(1080));
        var refused = await Assert.ThrowsAsync<ProviderException>(() => SentAsync(Larger(720)));

        Assert.Equal("""{"creativity":0,"input_video":"Y2xpcC0x","upscale_factor":1.5}""", sent.Body.ToJsonString());
        Assert.Equal((ErrorCode.UnsupportedByModel, Acceptance.No), (refused.Code, refused.Acceptance));
        Assert.Contains("720x1280", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flux_2_takes_its_pictures_one_by_one_its_sides_in_sixteens_and_leaves_the_prompt_as_it_is()
    {
        var (_, body) = await SentAsync(Order("flux-2-pro", Capability.ImageEdit) with
        {
            Image = folder.Input("still-1"),
            References = [folder.Input("still-2"), folder.Input("still-3")],
            Seed = 7,
            Settings = new ModelSettings { Resolution = "1080p", AspectRatio = "9:16", Size = new PixelSize(1080, 1920) },
        });

        Assert.Equal(
            ["c3RpbGwtMQ==", "c3RpbGwtMg==", "c3RpbGwtMw=="],
            new[] { "input_image", "input_image_2", "input_image_3" }.Select(n => $"{body[n]}"));
        Assert.Equal((1088, 1920, 7), ((int)body["width"]!, (int)body["height"]!, (int)body["seed"]!));
        Assert.True((bool)body["disable_pup"]!);
        Assert.False(body.ContainsKey("size"));
    }

    [Fact]
    public async Task Flux_3_stills_search_no_web_unless_that_is_asked_for()
    {
        var still = Order("flux-3-image", Capability.ImageEdit) with { Image = folder.Input("still-1") };

        var usual = await SentAsync(still);
        var asking = await SentAsync(still with { Options = new JsonObject { ["grounding"] = true } });

        Assert.Equal(
            """{"grounding":false,"aspect_ratio":"auto","prompt":"push in","images":["c3RpbGwtMQ=="],"resolution":"1k"}""",
            usual.Body.ToJsonString());
        Assert.True((bool)asking.Body["grounding"]!);
    }

    [Theory]
    [InlineData("https://api.us1.bfl.ai/v1/get_result?id=t1", null, "https://api.us1.bfl.ai/v1/get_result?id=t1")]
    [InlineData("https://api.us1.bfl.ai/v1/get_result", null, "https://api.us1.bfl.ai/v1/get_result?id=t1")]
    [InlineData("https://api.eu1.bfl.ai/v1/get_result?id=t1", "https://api.eu.bfl.ai", "https://api.eu1.bfl.ai/v1/get_result?id=t1")]
    [InlineData("https://api.us1.bfl.ai/v1/get_result?id=t1", "https://proxy.example/bfl", "https://proxy.example/bfl/v1/get_result?id=t1")]
    [InlineData("https://proxy.example/x?id=t1", "https://proxy.example/bfl", "https://proxy.example/x?id=t1")]
    [InlineData("https://bfl.ai.example/v1/get_result?id=t1", null, "https://api.bfl.ai/v1/get_result?id=t1")]
    [InlineData("https://evilbfl.ai/v1/get_result?id=t1", null, "https://api.bfl.ai/v1/get_result?id=t1")]
    [InlineData("http://api.us1.bfl.ai/v1/get_result?id=t1", null, "https://api.bfl.ai/v1/get_result?id=t1")]
    [InlineData("https://api.us1.bfl.ai:8443/v1/get_result?id=t1", null, "https://api.bfl.ai/v1/get_result?id=t1")]
    [InlineData("https://api.us1.bfl.ai@example.com/?id=t1", null, "https://api.bfl.ai/v1/get_result?id=t1")]
    [InlineData("nothing", null, "https://api.bfl.ai/v1/get_result?id=t1")]
    [InlineData(null, null, "https://api.bfl.ai/v1/get_result?id=t1")]
    public void The_key_goes_to_their_own_clusters_and_to_the_users_own_server_alone(string? given, string? baseUrl, string looked)
    {
        var options = Options(baseUrl is null ? null : new Uri(baseUrl));
        using var http = new ProviderHttp(options, BflProvider.Api, BflProvider.Usual, (_, _) => { }, TimeProvider.System);

        Assert.Equal(looked, new BflAddresses(options, http).Of(given, "t1").AbsoluteUri);
    }

    [Theory]
    [InlineData(400, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(401, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(402, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(403, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(422, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(429, Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(500, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(503, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(int status, Acceptance acceptance, ErrorCode code)
    {
        answer = (status, """{"detail":[{"type":"extra_forbidden","loc":["body","mood"],"msg":"Extra inputs are not permitted"}]}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SentAsync(Order(Video)));

        Assert.Equal((acceptance, code), (e.Acceptance, e.Code));
        Assert.Contains("mood: Extra inputs are not permitted", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pending", RemoteState.Waiting)]
    [InlineData("Reasoning", RemoteState.Working)]
    [InlineData("Generating", RemoteState.Working)]
    [InlineData("Dreaming", RemoteState.Working)]
    [InlineData("Task not found", RemoteState.Gone)]
    [InlineData("Ready", RemoteState.Done)]
    public async Task A_word_that_is_not_known_is_no_end(string status, RemoteState means)
    {
        Assert.Equal(means, (await LookAsync($$"""{"id":"t1","status":"{{status}}","progress":0.5}""")).State);
        Assert.Equal(means, (await LookAsync($$"""{"id":"t1","state":"{{status}}","progress":"half"}""")).State);
    }

    [Theory]
    [InlineData("""{"sample":"https://delivery.us1.bfl.ai/x.mp4","seed":42}""", 1)]
    [InlineData("""{"samples":["https://delivery.us1.bfl.ai/x.mp4","https://delivery.us1.bfl.ai/y.mp4"]}""", 2)]
    [InlineData("{}", 0)]
    [InlineData("null", 0)]
    public async Task What_was_made_is_where_it_is_said_to_be(string result, int outputs) =>
        Assert.Equal(outputs, (await LookAsync($$"""{"status":"Ready","result":{{result}}}""")).Outputs.Count);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("85", null, 0.85)]
    [InlineData("85", "34", 0.34)]
    [InlineData(null, "1.5", 0.015)]
    [InlineData("85", "0", 0.0)]
    [InlineData("85", "-3", 0.85)]
    public async Task What_the_last_answer_tells_was_charged_counts_else_what_the_first_one_told(string? first, string? last, double? usd)
    {
        static string Cost(string? told) => told is null ? "" : $",\"cost\":{told}";
        answer = (200, $$"""{"id":"t1","polling_url":"https://api.bfl.ai/v1/get_result?id=t1"{{Cost(first)}}}""");
        var task = (await SubmittedAsync(Order(Video))).Task;

        var status = await LookAsync($$"""{"status":"Ready","result":{"sample":"https://x.bfl.ai/x"}{{Cost(last)}}}""", task);

        Assert.Equal((decimal?)usd, status.CostUsd);
        Assert.DoesNotContain("credits", asked[^1].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Request Moderated", "\"A word of theirs\"", ErrorCode.ProviderRefused, "A word of theirs")]
    [InlineData("Content Moderated", "{\"Moderation Reasons\":[\"Protected\",\"Faces\"]}", ErrorCode.ProviderRefused, "Protected; Faces")]
    [InlineData("Error", "{\"error\":\"worker lost\"}", ErrorCode.ProviderFailed, "worker lost")]
    [InlineData("Failed", "null", ErrorCode.ProviderFailed, "could not make it")]
    public async Task What_was_not_made_says_why_and_costs_what_the_answer_says(string status, string details, ErrorCode code, string words)
    {
        var free = await LookAsync($$"""{"status":"{{status}}","details":{{details}}}""");
        var paid = await LookAsync($$"""{"status":"{{status}}","details":{{details}},"cost":12}""");

        Assert.Equal((RemoteState.Failed, code, 0m), (free.State, free.Fault!.Code, free.CostUsd));
        Assert.Equal(code != ErrorCode.ProviderRefused, free.Fault.MayFallBack);
        Assert.Contains(words, free.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(0.12m, paid.CostUsd);
    }

    [Fact]
    public async Task The_key_is_tried_for_nothing_and_tells_what_is_left()
    {
        answer = (200, """{"credits":1234.5}""");
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin);

        Assert.Null(await provider.CheckKeyAsync(CancellationToken.None));
        Assert.Contains("$12.35 left", provider.Answered, StringComparison.Ordinal);
        answer = (403, """{"detail":"Not authenticated"}""");
        Assert.Contains("BFL_API_KEY", await provider.CheckKeyAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Video, "720p", 5, 0.85)]
    [InlineData(Video, "2160p", 5, 4)]
    [InlineData("flux-3-video/draft", "720p", 5, 0.3)]
    [InlineData("flux-3-video/extend", "1080p", 10, 5.3)]
    [InlineData("flux-3-image", "1440p", 0, 0.1)]
    [InlineData("flux-2-pro", "1080p", 0, 0.09)]
    [InlineData("flux-2-klein-4b", "720p", 0, 0.016)]
    public void It_costs_what_the_price_list_says(string model, string resolution, double seconds, double usd) => Assert.Equal(
        (decimal)usd,
        Row(model).Price.For(new ModelSettings { Resolution = resolution, DurationSeconds = seconds, InputStills = 1 }));

    public void Dispose() => folder.Dispose();

    private static ProviderOptions Options(Uri? origin) =>
        new() { Name = "bfl", KeyVariable = "BFL_API_KEY", ApiKey = new Secret("a-key-of-tests"), BaseUrl = origin };

    private static IProvider Provider(Uri origin) => BflRegistration.Descriptor.Create(Options(origin), TimeProvider.System).Provider;

    private static ModelEntry Row(string id) => BflRegistration.Descriptor
        .Create(Options(null), TimeProvider.System)
        .Models.Rows().Single(m => m.Id == "bfl:" + id);

    private static GenerationOrder Order(string id, Capability capability = Capability.ImageToVideo) => TestOrder.Of(Row(id), capability);

    private async Task<Submission> SubmittedAsync(GenerationOrder order)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin);
        return await provider.SubmitAsync(await provider.PrepareAsync(order, CancellationToken.None), CancellationToken.None);
    }

    private async Task<(string Path, JsonObject Body)> SentAsync(GenerationOrder order)
    {
        await SubmittedAsync(order);
        var (path, key, body) = asked[^1];
        Assert.Equal("a-key-of-tests", key);
        return (path, JsonNode.Parse(body)!.AsObject());
    }

    private async Task<RemoteStatus> LookAsync(string body, RemoteTask? task = null)
    {
        answer = (200, body);
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        // The server of each look is another one: an address of the one before is not its own, and is asked for by the id.
        return await Provider(server.Origin).GetStatusAsync(task ?? new RemoteTask("t1"), Order(Video), CancellationToken.None);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        asked.Add(($"{request.Path}{request.QueryString}", request.Headers["x-key"].FirstOrDefault(), await reader.ReadToEndAsync()));
        // The key is asked for before anything is sent; what a test is about is asked last.
        var (status, text) = request.Path == "/v1/credits" && answer.Body.Contains("extra_forbidden", StringComparison.Ordinal)
            ? (200, """{"credits":1}""")
            : answer;
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }
}

using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Tests.Firefly;

/// <summary>Orders as Firefly gets them, and what its answers mean.</summary>
public sealed class AskingForAClip : IDisposable
{
    private const string Address = "https://s3.example/a?s=1";
    private const string Made =
        $$$"""{"status":"succeeded","result":{"size":{"width":720},"outputs":[{"seed":42,"video":{"url":"{{{Address}}}"}}]}}""";

    private readonly TestFolder folder = new();

    [Fact]
    public async Task Frames_stand_at_places_of_the_clip_and_what_costs_is_always_said()
    {
        await using var server = await FireflyServer.StartAsync();

        await SendAsync(server, Order() with { EndImage = folder.Input("still-2"), Seed = 7 });

        var wanted = JsonNode.Parse(
            """
            {"prompt":"push in","bitRateFactor":18,"seeds":[7],"sizes":[{"width":720,"height":1280}],"image":{"conditions":[
            {"source":{"uploadId":"upload of still-1"},"placement":{"position":0}},
            {"source":{"uploadId":"upload of still-2"},"placement":{"position":1}}]}}
            """);
        Assert.True(JsonNode.DeepEquals(wanted, server.Orders[^1]), server.Orders[^1].ToJsonString());
        Assert.Equal("video1_standard", server.Headers["x-model-version"]);
        Assert.Equal("a-client", server.Headers["x-api-key"]);
    }

    [Theory]
    [InlineData("480p", "9:16", 540, 960)]
    [InlineData("480p", "16:9", 960, 540)]
    [InlineData("480p", "1:1", 540, 540)]
    [InlineData("720p", "16:9", 1280, 720)]
    [InlineData("1080p", "9:16", 1080, 1920)]
    [InlineData("1080p", "1:1", 1080, 1080)]
    public async Task A_size_is_one_of_the_nine_that_there_are(string resolution, string ratio, int width, int height)
    {
        await using var server = await FireflyServer.StartAsync();

        await SendAsync(server, Order() with { Settings = new ModelSettings { Resolution = resolution, AspectRatio = ratio } });

        Assert.Equal($$"""[{"width":{{width}},"height":{{height}}}]""", server.Orders[^1]["sizes"]!.ToJsonString());
    }

    [Fact]
    public async Task Shot_and_camera_go_into_a_part_of_their_own()
    {
        await using var server = await FireflyServer.StartAsync();
        var order = Order() with { Options = new JsonObject { ["cameraMotion"] = "camera zoom in", ["bitRateFactor"] = 20 } };

        server.Services().Provider.Review(order);
        await SendAsync(server, order);

        Assert.Equal("""{"cameraMotion":"camera zoom in"}""", server.Orders[^1]["videoSettings"]!.ToJsonString());
        Assert.Equal(20, (int)server.Orders[^1]["bitRateFactor"]!);
        Assert.Null(server.Orders[^1]["cameraMotion"]);
    }

    [Theory]
    [InlineData("cameraMotion", "zoom in", "camera zoom in")]
    [InlineData("shotSize", "tiny", "medium shot")]
    [InlineData("bitRateFactor", "64", "from 0 (lossless) to 63")]
    public void An_option_that_it_does_not_take_is_told_with_what_it_takes(string option, string value, string allowed)
    {
        var order = Order() with { Options = new JsonObject { [option] = value } };

        var e = Assert.Throws<I2VException>(() => Offline().Provider.Review(order));

        Assert.Equal(("options", ErrorCode.InvalidArgument), (e.Argument, e.Code));
        Assert.Contains($"options.{option} is \"{value}\"", e.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was spent", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "480p", 0.2)]
    [InlineData(null, "720p", 0.5)]
    [InlineData(null, "1080p", 1.0)]
    [InlineData("0.05", "480p", 0.1)]
    [InlineData("0.05", "1080p", 0.5)]
    public void An_operation_costs_what_the_contract_says_and_a_guess_says_that_it_is_one(string? set, string resolution, double usd)
    {
        var operation = set is null ? (decimal?)null : decimal.Parse(set, System.Globalization.CultureInfo.InvariantCulture);

        var price = FireflyServer.Row(operation).Price.For(new ModelSettings { Resolution = resolution, DurationSeconds = 5 });
        var said = string.Join(' ', Offline(operation).Provider.Review(Order()));

        Assert.Equal((decimal)usd, price);
        Assert.Equal(set is null, said.Contains("guess", StringComparison.Ordinal));
        Assert.Equal(set is null, said.Contains("I2V__Providers__Firefly__OperationUsd", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400, "bad_request", Acceptance.No, ErrorCode.ProviderFailed, true)]
    [InlineData(400, "prompt_unsafe", Acceptance.No, ErrorCode.ProviderRefused, false)]
    [InlineData(403, "access_error", Acceptance.No, ErrorCode.ProviderAuth, true)]
    [InlineData(404, "404040", Acceptance.No, ErrorCode.UnsupportedByModel, true)]
    [InlineData(408, "timeout_error", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(409, "conflict", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(410, "job_timeout", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(415, "invalid_content_type", Acceptance.No, ErrorCode.ProviderFailed, true)]
    [InlineData(422, "input_media_indecipherable", Acceptance.No, ErrorCode.ProviderFailed, true)]
    [InlineData(429, "backpressure_limited", Acceptance.No, ErrorCode.ProviderRateLimited, true)]
    [InlineData(451, "reference_image_unsafe_error", Acceptance.No, ErrorCode.ProviderRefused, false)]
    [InlineData(499, "cancelled_error", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(500, "runtime_error", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(503, "model_not_loaded", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(
        int status,
        string code,
        Acceptance acceptance,
        ErrorCode means,
        bool mayFallBack)
    {
        await using var server = await FireflyServer.StartAsync();
        server.Answer = (status, $$"""{"error_code":"{{code}}","message":"no","stack_trace":["at a secret place"]}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(server, Order()));

        Assert.Equal((acceptance, means, mayFallBack), (e.Acceptance, e.Code, e.MayFallBack));
        Assert.Contains(code, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret place", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"status":"pending"}""", RemoteState.Waiting, null)]
    [InlineData(200, """{"status":"running","progress":80}""", RemoteState.Working, null)]
    [InlineData(200, """{"status":"cancel_pending"}""", RemoteState.Working, null)]
    [InlineData(200, """{"status":"dreaming_anew"}""", RemoteState.Working, null)]
    [InlineData(200, Made, RemoteState.Done, null)]
    [InlineData(200, """{"status":"canceled"}""", RemoteState.Canceled, null)]
    [InlineData(499, """{"error_code":"cancelled_error"}""", RemoteState.Canceled, null)]
    [InlineData(200, """{"status":"failed","error_code":"runtime_error"}""", RemoteState.Failed, ErrorCode.ProviderFailed)]
    [InlineData(200, """{"status":"timeout"}""", RemoteState.Failed, ErrorCode.ProviderFailed)]
    [InlineData(410, """{"error_code":"job_timeout"}""", RemoteState.Failed, ErrorCode.ProviderFailed)]
    [InlineData(422, """{"error_code":"input_media_indecipherable"}""", RemoteState.Failed, ErrorCode.ProviderRefused)]
    [InlineData(451, """{"error_code":"rights","message":"a known figure"}""", RemoteState.Failed, ErrorCode.ProviderRefused)]
    [InlineData(500, """{"jobId":"9d","status":"failed","error_code":"media_unsafe"}""", RemoteState.Failed, ErrorCode.ProviderRefused)]
    [InlineData(404, """{"error_code":"unknown_job_id"}""", RemoteState.Gone, null)]
    public async Task A_look_is_answered_with_how_the_job_stands_or_with_what_it_failed_of(
        int status,
        string body,
        RemoteState means,
        ErrorCode? why)
    {
        await using var server = await FireflyServer.StartAsync();
        server.Answer = (status, body);

        var now = await server.Services().Provider.GetStatusAsync(new RemoteTask(FireflyServer.Id), Order(), CancellationToken.None);

        Assert.Equal((means, why), (now.State, now.Fault?.Code));
        Assert.Equal(means is RemoteState.Failed or RemoteState.Canceled ? 0m : (decimal?)null, now.CostUsd);
        Assert.Equal(body == Made ? 42 : (long?)null, now.Seed);
        Assert.Equal(body == Made ? [Address] : [], now.Outputs.Select(o => o.Address!.AbsoluteUri));
        Assert.Equal(body.Contains("progress", StringComparison.Ordinal) ? 0.8 : (double?)null, now.Progress);
    }

    [Theory]
    [InlineData(500, """{"error_code":"runtime_error"}""")]
    [InlineData(503, """{"status":"failed"}""")]
    [InlineData(200, "<html>")]
    public async Task A_look_that_fails_ends_nothing(int status, string body)
    {
        await using var server = await FireflyServer.StartAsync();
        server.Answer = (status, body);

        var e = await Assert.ThrowsAsync<ProviderException>(() =>
            server.Services().Provider.GetStatusAsync(new RemoteTask(FireflyServer.Id), Order(), CancellationToken.None));

        Assert.True(e.IsPassing);
    }

    [Theory]
    [InlineData("https://firefly-epo1.adobe.io/region")]
    [InlineData("https://firefly-api.adobe.io/region")]
    [InlineData("https://adobe.io.evil.example/region")]
    [InlineData("https://evil-firefly.adobe.io/region")]
    [InlineData("http://firefly-epo1.adobe.io/region")]
    [InlineData("https://user@firefly-epo1.adobe.io/region")]
    [InlineData("https://firefly-epo1.adobe.io:8443/region")]
    [InlineData("")]
    public async Task A_job_is_looked_at_and_canceled_where_Adobe_says_and_nowhere_else(string host)
    {
        await using var server = await FireflyServer.StartAsync();
        server.Answer = (202, FireflyServer.Taken(host));
        var provider = server.Services().Provider;
        var request = await provider.PrepareAsync(Order(), CancellationToken.None);
        var task = (await provider.SubmitAsync(request, CancellationToken.None)).Task;
        server.Answer = (200, """{"status":"running"}""");

        await provider.GetStatusAsync(task, Order(), CancellationToken.None);
        await provider.CancelAsync(task, CancellationToken.None);

        // What is followed has its path; what is not is asked for by its id.
        var at = host is "https://firefly-epo1.adobe.io/region" or "https://firefly-api.adobe.io/region" ? "/region" : "";
        Assert.Contains($"GET {at}/v3/status/{FireflyServer.Id}", server.Asked);
        Assert.Contains($"PUT {at}/v3/cancel/{FireflyServer.Id}", server.Asked);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(409)]
    [InlineData(410)]
    public async Task What_has_ended_needs_no_cancel(int status)
    {
        await using var server = await FireflyServer.StartAsync();
        server.Answer = (status, """{"error_code":"job_completed"}""");

        await server.Services().Provider.CancelAsync(new RemoteTask(FireflyServer.Id), CancellationToken.None);

        Assert.Single(server.Asked);
    }

    public void Dispose() => folder.Dispose();

    private static ProviderServices Offline(decimal? operationUsd = null) =>
        FireflyServer.Services(new Uri("http://127.0.0.1:1"), null, "a:b", operationUsd);

    private GenerationOrder Order() => FireflyServer.Order(folder.Input("still-1"));

    private static async Task SendAsync(FireflyServer server, GenerationOrder order)
    {
        var provider = server.Services().Provider;
        var request = await provider.PrepareAsync(order, CancellationToken.None);
        Assert.Equal(FireflyServer.Id, (await provider.SubmitAsync(request, CancellationToken.None)).Task.Id);
    }
}

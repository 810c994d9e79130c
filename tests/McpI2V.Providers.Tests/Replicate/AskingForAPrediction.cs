using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Replicate;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Replicate;

/// <summary>Requests as Replicate gets them, and what its answers mean.</summary>
public sealed class AskingForAPrediction : IDisposable
{
    private const string Kling = "replicate:kwaivgi/kling-v3-video";
    private const string Learned = "replicate:acme/open-dream";
    private readonly TestFolder folder = new();
    private readonly List<(string Path, JsonObject Body)> sent = [];
    private readonly List<string> asked = [];
    private (int Status, string Body) answer = (201, """{"id":"made1","status":"starting"}""");
    private string schema = Schema("start_image");
    private bool isOfficial = true;
    private string? list;

    [Fact]
    public async Task An_official_model_is_asked_by_its_name_with_uploads_and_a_deadline()
    {
        await SendAsync(Order(Kling));

        var (path, body) = Assert.Single(sent);
        Assert.Equal("/models/kwaivgi/kling-v3-video/predictions", path);
        Assert.Equal(
            """{"prompt":"push in","start_image":"https://api.replicate.com/v1/files/up1","duration":5,"mode":"pro","generate_audio":false}""",
            body["input"]!.ToJsonString());
        Assert.Equal("""["completed"]""", body["webhook_events_filter"]!.ToJsonString());
        Assert.Equal("https://ads.example/webhooks/replicate", body["webhook"]!.GetValue<string>());
        Assert.Null(body["version"]);
        Assert.True(asked.IndexOf("GET /models/kwaivgi/kling-v3-video") < asked.IndexOf("POST /files"), "the inputs are checked first");
    }

    [Fact]
    public async Task Any_other_is_asked_by_the_version_whose_inputs_were_read()
    {
        isOfficial = false;

        await SendAsync(Order(Learned));

        var (path, body) = Assert.Single(sent);
        Assert.Equal("/predictions", path);
        Assert.Equal(new string('b', 64), body["version"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("start_image")]
    [InlineData("first_frame_image")]
    public async Task A_model_that_was_read_before_is_spelt_by_what_it_is_called_now(string now)
    {
        schema = Schema(now);

        await SendAsync(Order(Learned));

        Assert.Equal("https://api.replicate.com/v1/files/up1", sent[0].Body["input"]![now]!.GetValue<string>());
    }

    [Fact]
    public async Task A_row_of_the_users_own_needs_no_wire()
    {
        var order = Order(Learned);

        await SendAsync(order with { Model = order.Model with { Wire = null } });

        Assert.Equal("https://api.replicate.com/v1/files/up1", sent[0].Body["input"]!["start_image"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_row_whose_model_has_changed_is_not_sent_and_nothing_is_uploaded()
    {
        schema = Schema("picture");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Kling)));

        Assert.Equal((ErrorCode.UnsupportedByModel, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Contains("no input start_image; it has prompt, picture", e.Message, StringComparison.Ordinal);
        Assert.Contains("was not sent", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("POST /files", asked);
    }

    [Theory]
    [InlineData(401, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(402, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(404, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(422, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(429, Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(500, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(502, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(503, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(520, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(int status, Acceptance acceptance, ErrorCode code)
    {
        answer = (status, """{"detail":"Request was throttled. Your rate limit resets in ~30s.","status":0}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Kling)));

        Assert.Equal((acceptance, code), (e.Acceptance, e.Code));
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(30) : null, e.RetryAfter);
    }

    [Theory]
    [InlineData("starting", "", RemoteState.Waiting, null, null)]
    [InlineData("processing", "", RemoteState.Working, null, null)]
    [InlineData("dreaming_anew", "", RemoteState.Working, null, null)]
    [InlineData("succeeded", "", RemoteState.Done, null, 0.018910)]
    [InlineData("aborted", "", RemoteState.Canceled, 0.0, 0.0)]
    [InlineData("canceled", "", RemoteState.Canceled, 0.0, 0.0)]
    [InlineData("canceled", ",\"started_at\":\"2026-12-02T01:00:00Z\"", RemoteState.Canceled, 0.56, 0.018910)]
    [InlineData("failed", ",\"error\":\"out of memory (E1001)\"", RemoteState.Failed, 0.0, 0.018910)]
    [InlineData("succeeded", ",\"data_removed\":true,\"output\":null", RemoteState.Failed, 0.56, 0.018910)]
    public async Task What_a_state_means_for_money(string state, string more, RemoteState means, double? byResult, double? byTime)
    {
        var told = $$"""{"id":"made1","status":"{{state}}","metrics":{"predict_time":12.4}{{more}}}""";

        var official = await LookAsync(Order(Kling), told);
        var other = await LookAsync(Order(Learned), told);

        Assert.Equal((means, means), (official.State, other.State));
        Assert.Equal((decimal?)byResult, official.CostUsd);
        Assert.Equal((decimal?)byTime, other.CostUsd);
    }

    [Theory]
    [InlineData("The input or output was flagged as sensitive. (E005)", ErrorCode.ProviderRefused, false)]
    [InlineData("NSFW content detected", ErrorCode.ProviderRefused, false)]
    [InlineData("Prediction failed (E6716)", ErrorCode.ProviderFailed, true)]
    public async Task A_prediction_that_failed_says_why_and_whether_another_may_try(string error, ErrorCode code, bool mayFallBack)
    {
        var status = await LookAsync(Order(Kling), $$"""{"id":"made1","status":"failed","error":"{{error}}"}""");

        Assert.Equal((code, mayFallBack), (status.Fault!.Code, status.Fault.MayFallBack));
    }

    [Fact]
    public async Task Files_elsewhere_than_where_results_lie_are_words()
    {
        var status = await LookAsync(
            Order(Kling),
            """{"status":"succeeded","output":{"video":"https://x.replicate.delivery/a.mp4","see":"https://evil.example/b.mp4","also":"https://replicate.delivery.evil.example/c.mp4"}}""");

        Assert.Equal("https://x.replicate.delivery/a.mp4", Assert.Single(status.Outputs).Address!.AbsoluteUri);
    }

    [Fact]
    public async Task Progress_is_the_last_that_the_model_printed()
    {
        var status = await LookAsync(Order(Kling), """{"status":"processing","logs":"seed 42\n 10%|#   | 1/10\n 62%|######    | 5/8 [00:01<00:01]\nsaving 100% of it"}""");

        Assert.Equal(0.62, status.Progress);
    }

    [Theory]
    [InlineData("kwaivgi/kling-v3-video", "push in", "made1")]
    [InlineData("kwaivgi/kling-v3-video", "pull out", null)]
    [InlineData("acme/other", "push in", null)]
    public async Task A_lost_request_is_found_by_its_model_and_its_input(string model, string prompt, string? id)
    {
        list = $$$"""{"next":null,"results":[{"id":"taken","model":"kwaivgi/kling-v3-video","input":{"prompt":"push in","mode":"pro"}},{"id":"made1","model":"{{{model}}}","input":{"prompt":"{{{prompt}}}","mode":"pro","aspect_ratio":"16:9"}}]}""";
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var body = JsonNode.Parse("""{"input":{"prompt":"push in","mode":"pro"}}""")!.AsObject();
        var since = new DateTimeOffset(2026, 12, 2, 1, 10, 0, TimeSpan.Zero);

        var found = await Provider(server.Origin).Provider.FindAsync(
            new LostRequest(Order(Kling), since, body, taken => taken == "taken"),
            CancellationToken.None);

        Assert.Equal(id, found?.Id);
        Assert.Contains("GET /predictions?created_after=2026-12-02T01%3A05%3A00Z", asked);
    }

    [Fact]
    public void An_input_that_is_needed_and_that_no_argument_stands_for_is_asked_for()
    {
        var order = Order(Learned, own: """{"by_names":true,"others":["mask","steps"],"needed":["mask"],"guessed":true}""");
        var provider = Provider(new Uri("http://127.0.0.1:1")).Provider;

        var e = Assert.Throws<I2VException>(() => provider.Review(order));
        var said = provider.Review(order with { Options = new JsonObject { ["mask"] = "https://a.example/mask.png" } });

        Assert.Equal("options", e.Argument);
        Assert.Contains("options.mask", e.Message, StringComparison.Ordinal);
        Assert.Contains(said, s => s.Contains("a guess", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains("Left as the model has them, for options: steps.", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private static string Schema(string image) =>
        """
        {"Input":{"required":["prompt"],"properties":{"prompt":{"type":"string","x-order":0},"IMAGE":{"type":"string","format":"uri","x-order":1},
        "end_image":{"type":"string","format":"uri"},"duration":{"type":"integer","minimum":3,"maximum":15},
        "mode":{"allOf":[{"$ref":"#/components/schemas/mode"}]},"generate_audio":{"type":"boolean","default":true}}},
        "mode":{"type":"string","enum":["standard","pro"]}}
        """.Replace("IMAGE", image, StringComparison.Ordinal);

    private static ProviderServices Provider(Uri origin) => ReplicateRegistration.Descriptor.Create(
        new ProviderOptions
        {
            Name = "replicate",
            KeyVariable = "KEY",
            ApiKey = new Secret("a-key-of-tests"),
            BaseUrl = origin,
            PollEvery = TimeSpan.FromMilliseconds(10),
            WebhookUrl = new Uri("https://ads.example/webhooks/replicate"),
        },
        TimeProvider.System);

    private GenerationOrder Order(string model, string own = """{"by_names":true,"second_usd":0.001525}""") => new()
    {
        Key = "attempt-1",
        Capability = Capability.ImageToVideo,
        Model = model == Learned
            ? new ModelEntry
            {
                Id = Learned,
                Alias = "acme/open-dream",
                Provider = "replicate",
                Capabilities = [Capability.ImageToVideo],
                Audio = "optional",
                Price = new Price("clip", 0.4575m),
                Wire = new WireMapping { Own = JsonNode.Parse(own)!.AsObject() },
            }
            : Provider(new Uri("http://127.0.0.1:1")).Models.Rows().Single(m => m.Id == model),
        Settings = new ModelSettings { DurationSeconds = 5, Resolution = "1080p" },
        Prompt = "push in",
        Image = folder.Input("still-1"),
    };

    private async Task SendAsync(GenerationOrder order)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin).Provider;
        var request = await provider.PrepareAsync(order, CancellationToken.None);
        Assert.Equal("made1", (await provider.SubmitAsync(request, CancellationToken.None)).Task.Id);
    }

    private async Task<RemoteStatus> LookAsync(GenerationOrder order, string told)
    {
        answer = (200, told);
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await Provider(server.Origin).Provider.GetStatusAsync(new RemoteTask("made1"), order, CancellationToken.None);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        asked.Add($"{context.Request.Method} {path}{context.Request.QueryString}");
        Assert.Equal("Bearer a-key-of-tests", context.Request.Headers.Authorization);
        var (status, body) = (context.Request.Method, path) switch
        {
            (_, "/account") => (200, """{"username":"tester"}"""),
            (_, "/files") => (201, """{"id":"up1","urls":{"get":"https://api.replicate.com/v1/files/up1"}}"""),
            ("GET", "/predictions") => (200, list!),
            ("GET", _) when path.StartsWith("/models/", StringComparison.Ordinal) => (200, Model()),
            _ => answer,
        };
        if (context.Request.Method == "POST" && path.EndsWith("predictions", StringComparison.Ordinal))
        {
            Assert.Equal("2700s", context.Request.Headers["Cancel-After"]);
            sent.Add((path, (await JsonNode.ParseAsync(context.Request.Body))!.AsObject()));
        }
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }

    private string Model() =>
        $"{{\"is_official\":{(isOfficial ? "true" : "false")},\"latest_version\":{{\"id\":\"{new string('b', 64)}\"," +
            $"\"openapi_schema\":{{\"components\":{{\"schemas\":{schema}}}}}}}}}";
}

using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Hedra;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Hedra;

/// <summary>Requests as Hedra gets them, and what its answers mean.</summary>
public sealed class AskingForAJob : IDisposable
{
    private const string Avatar = "hedra:hedra-avatar";
    private const string Wan = "hedra:wan-2-7";
    private const string Handle = "https://files.hedra.example/up1?X-Amz-Signature=abc";
    private readonly TestFolder folder = new();
    private readonly FixedTime time = new(new DateTimeOffset(2026, 12, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly List<JsonObject> sent = [];
    private readonly List<string> asked = [];
    private (int Status, string Body) answer = (202, """{"job_id":"job_1","status":"IN_QUEUE"}""");
    private (int Status, string Body) estimate = (200, """{"model":"m","cost":0.2,"currency":"USD"}""");
    private string job = """{"job_id":"job_1","status":"COMPLETED"}""";
    private string jobs = """{"data":[],"next_cursor":null}""";

    [Fact]
    public async Task A_portrait_and_a_voice_go_as_uploads_with_a_key_and_every_default_said()
    {
        await SendAsync(Speaking());

        var body = Assert.Single(sent);
        var file = $$"""{"source":"url","url":"{{Handle}}"}""";
        Assert.Equal(
            $$"""{"num_outputs":1,"prompt":"push in","start_image":{{file}},"audio":{{file}},"aspect_ratio":"9:16","resolution":"540p"}""",
            Plain(body["input"]!));
        Assert.Equal(("attempt-1", "https://ads.example/webhooks/hedra"), ($"{body["idempotency_key"]}", $"{body["webhook"]}"));
        Assert.Equal(
            [
                "GET /balance", "GET /models/hedra-avatar", "POST /files", "POST /files", "POST /models/hedra-avatar/estimate",
                "POST /models/hedra-avatar",
            ],
            asked);
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"FAILED_PRECONDITION","message":"not before its audio is measured"}}""")]
    [InlineData(400, """{"error":{"code":"INVALID_ARGUMENT","message":"can't be quoted"}}""")]
    [InlineData(200, """{"cost":"none"}""")]
    [InlineData(200, """{"cost":0.5}""")]
    public async Task A_price_that_can_t_be_told_or_is_as_told_stands_in_nobodys_way(int status, string told)
    {
        estimate = (status, told);

        await SendAsync(Speaking(seconds: 20));

        Assert.Single(sent);
    }

    [Theory]
    [InlineData(200, """{"cost":0.9}""", ErrorCode.OverBudget, "asks $0.90 for this now, and $0.50 was told")]
    [InlineData(400, TwoFaults, ErrorCode.UnsupportedByModel, "too long; input.seed: too large")]
    [InlineData(403, NoScope, ErrorCode.ProviderAuth, "jobs:write")]
    [InlineData(429, """{"error":{"code":"RESOURCE_EXHAUSTED","message":"busy"}}""", ErrorCode.ProviderRateLimited, "busy")]
    [InlineData(503, """{"error":{"code":"UNAVAILABLE","message":"busy"}}""", ErrorCode.ProviderFailed, "503")]
    public async Task What_is_dearer_than_told_or_wrong_or_not_priced_for_now_is_not_sent(
        int status,
        string told,
        ErrorCode code,
        string words)
    {
        estimate = (status, told);

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order()));

        Assert.Equal(code, e.Code);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Empty(sent);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", Acceptance.No, ErrorCode.UnsupportedByModel)]
    [InlineData(400, "FAILED_PRECONDITION", Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(401, "UNAUTHORIZED", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(402, "INSUFFICIENT_BALANCE", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(403, "PERMISSION_DENIED", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(404, "NOT_FOUND", Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(409, "ALREADY_IN_PROGRESS", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(410, "GONE", Acceptance.No, ErrorCode.UnsupportedByModel)]
    [InlineData(422, "MODERATION_FAILED", Acceptance.No, ErrorCode.ProviderRefused)]
    [InlineData(429, "RESOURCE_EXHAUSTED", Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(500, "INTERNAL", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(503, "INVALID_ARGUMENT", Acceptance.Unknown, ErrorCode.UnsupportedByModel)]
    [InlineData(504, "DEADLINE_EXCEEDED", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(int status, string word, Acceptance acceptance, ErrorCode code)
    {
        answer = (status, $$"""{"error":{"code":"{{word}}","message":"no","retry_after":30,"replaced_by":"kling-v3"} }""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Speaking()));

        Assert.Equal((acceptance, code), (e.Acceptance, e.Code));
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(30) : null, e.RetryAfter);
        Assert.Equal(status == 410, e.Message.Contains("hedra:kling-v3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a-key-of-the-old-api", "has no colon")]
    [InlineData("key_1:secret-of-tests", "does not accept the key")]
    public async Task A_key_of_the_old_API_is_told_from_a_wrong_one(string key, string words)
    {
        await using var server = await LocalServer.StartAsync(c =>
        {
            c.Response.StatusCode = 401;
            return c.Response.WriteAsync("""{"error":{"code":"UNAUTHORIZED","message":"Invalid API key."}}""");
        });

        var why = await Provider(server.Origin, key).Provider.CheckKeyAsync(CancellationToken.None);

        Assert.Contains(words, why, StringComparison.Ordinal);
        Assert.DoesNotContain(key, why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"status":"IN_QUEUE"}""", RemoteState.Waiting, null)]
    [InlineData("""{"status":"IN_PROGRESS","progress":0.5}""", RemoteState.Working, null)]
    [InlineData("""{"status":"DREAMING"}""", RemoteState.Working, null)]
    [InlineData(Finished, RemoteState.Done, 1.05)]
    [InlineData("""{"status":"COMPLETED","cost":-5,"outputs":[]}""", RemoteState.Working, null)]
    [InlineData("""{"status":"COMPLETED","cost":1.05,"outputs":[{"status":"EXPIRED","url":null}]}""", RemoteState.Failed, 1.05)]
    [InlineData("""{"status":"COMPLETED","cost":0,"outputs":[{"status":"FAILED","error":{"code":"INTERNAL"}}]}""", RemoteState.Failed, 0.0)]
    [InlineData("""{"status":"FAILED","cost":0.4,"error":{"code":"INTERNAL","message":"no"}}""", RemoteState.Failed, 0.4)]
    [InlineData("""{"status":"FAILED","error":{"code":"MODERATION_FAILED","message":"no"}}""", RemoteState.Failed, 0.0)]
    public async Task What_a_state_means_for_money(string told, RemoteState means, double? usd)
    {
        job = told;

        var status = await LookAsync(1);

        Assert.Equal((means, (decimal?)usd), (status.State, status.CostUsd));
    }

    [Fact]
    public async Task A_job_that_is_done_and_not_charged_is_looked_at_again_and_not_for_ever()
    {
        job = """{"status":"COMPLETED","outputs":[{"status":"COMPLETED","url":"https://a.example/b"}]}""";

        Assert.Equal(RemoteState.Working, (await LookAsync(2)).State);
        var status = await LookAsync(3);

        Assert.Equal((RemoteState.Done, null), (status.State, status.CostUsd));
    }

    [Fact]
    public async Task A_lost_request_is_sent_again_with_its_own_key_within_minutes()
    {
        var found = await FindAsync(TimeSpan.FromMinutes(2));

        Assert.Equal("job_1", found?.Id);
        Assert.Equal("attempt-1", Assert.Single(sent)["idempotency_key"]!.ToString());
    }

    [Theory]
    [InlineData("job_2", "push in", "wan-2-7", 0, "job_2")]
    [InlineData("job_taken", "push in", "wan-2-7", 0, null)]
    [InlineData("job_2", "something else", "wan-2-7", 0, null)]
    [InlineData("job_2", "push in", "kling-v3", 0, null)]
    [InlineData("job_2", "push in", "wan-2-7", 20, null)]
    public async Task Later_it_is_looked_for_in_the_list_and_never_sent_again(
        string id,
        string prompt,
        string model,
        int minutes,
        string? found)
    {
        var at = time.Now.AddMinutes(minutes).ToString("O");
        jobs = $$"""{"data":[{"job_id":"{{id}}","model":"{{model}}","created_at":"{{at}}"}],"next_cursor":null}""";
        job = $$"""{"status":"COMPLETED","prompt":"{{prompt}}"}""";

        Assert.Equal(found, (await FindAsync(TimeSpan.FromMinutes(11)))?.Id);
        Assert.Empty(sent);
    }

    [Theory]
    [InlineData("$0.05 per second at 720p, $0.0625 per second at 1080p", Capability.LipSync, "input_second", 0.0625)]
    [InlineData("From $0.10/second", Capability.ImageToVideo, "second", 0.1)]
    [InlineData("$0.04 per image", Capability.TextToImage, "image", 0.04)]
    [InlineData("$0.07 per 1,000 characters", Capability.TextToSpeech, "thousand_characters", 0.07)]
    [InlineData("$1.20 per video", Capability.ImageToVideo, "clip", 1.2)]
    [InlineData("Price varies by generation settings.", Capability.ImageToVideo, null, 0)]
    [InlineData("$ per second", Capability.ImageToVideo, null, 0)]
    [InlineData(null, Capability.ImageToVideo, null, 0)]
    public void A_price_in_words_is_the_dearest_that_they_name(string? words, Capability capability, string? unit, double usd)
    {
        var price = HedraPrices.Described(words, capability);

        Assert.Equal((unit, (decimal)usd), (price?.Unit, price?.Usd ?? 0));
    }

    public void Dispose() => folder.Dispose();

    private static string Plain(JsonNode node) => node.ToJsonString().Replace("\\u0026", "&", StringComparison.Ordinal);

    private static ModelEntry Row(string id) => Provider(new Uri("http://127.0.0.1:1")).Models.Rows().Single(m => m.Id == id);

    private static ProviderServices Provider(Uri origin, string key = "key_1:of-tests", TimeProvider? time = null) =>
        HedraRegistration.Descriptor.Create(
            new ProviderOptions
            {
                Name = "hedra",
                KeyVariable = "HEDRA_API_KEY",
                ApiKey = new Secret(key),
                BaseUrl = origin,
                WebhookUrl = new Uri("https://ads.example/webhooks/hedra"),
                PollEvery = TimeSpan.FromMilliseconds(10),
            },
            time ?? TimeProvider.System);

    private GenerationOrder Speaking(double seconds = 10) => new()
    {
        Key = "attempt-1",
        Capability = Capability.LipSync,
        Model = Row(Avatar),
        Settings = new ModelSettings { InputSeconds = seconds, Resolution = "480p", AspectRatio = "9:16" },
        Prompt = "push in",
        Image = folder.Input("still-1", MediaFormat.Jpeg),
        Audio = folder.Input("voice-1", MediaFormat.Mp3),
    };

    private static GenerationOrder Order() => TestOrder.Of(Row(Wan));

    private async Task SendAsync(GenerationOrder order)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin).Provider;
        var request = await provider.PrepareAsync(order, CancellationToken.None);
        Assert.Equal("job_1", (await provider.SubmitAsync(request, CancellationToken.None)).Task.Id);
    }

    private async Task<RemoteStatus> LookAsync(int times)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin).Provider;
        RemoteStatus? status = null;
        for (var look = 0; look < times; look++)
        {
            status = await provider.GetStatusAsync(new RemoteTask("job_1"), Order(), CancellationToken.None);
        }
        return status!;
    }

    private async Task<RemoteTask?> FindAsync(TimeSpan age)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var body = new JsonObject { ["input"] = new JsonObject { ["prompt"] = "push in" }, ["idempotency_key"] = "attempt-1" };
        var lost = new LostRequest(Order(), time.Now, body, id => id == "job_taken");
        return await Provider(server.Origin, time: new FixedTime(time.Now + age)).Provider.FindAsync(lost, CancellationToken.None);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        asked.Add($"{context.Request.Method} {path}");
        var isSubmit = context.Request.Method == "POST" && path.StartsWith("/models/", StringComparison.Ordinal)
            && !path.EndsWith("/estimate", StringComparison.Ordinal);
        if (isSubmit)
        {
            sent.Add((await JsonNode.ParseAsync(context.Request.Body))!.AsObject());
        }
        var (status, body) = path switch
        {
            _ when isSubmit => answer,
            "/files" => (201, $$"""{"url":"{{Handle}}","content_type":"image/jpeg","expires_at":"2026-12-02T10:00:00Z"}"""),
            "/balance" => (200, """{"balance":12.5,"currency":"USD"}"""),
            "/jobs" => (200, jobs),
            _ when path.EndsWith("/estimate", StringComparison.Ordinal) => estimate,
            _ when path.StartsWith("/models/", StringComparison.Ordinal) => (200, path == "/models/wan-2-7" ? WanSchema : AvatarSchema),
            _ => (200, job),
        };
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }

    private const string Finished =
        """{"status":"COMPLETED","cost":1.05,"outputs":[{"status":"COMPLETED","url":"https://a.example/b"}]}""";

    private const string NoScope =
        """{"error":{"code":"PERMISSION_DENIED","message":"Key is missing required scope(s): jobs:write."}}""";

    private const string TwoFaults =
        """
        {"error":{"code":"INVALID_ARGUMENT","message":"2 fields",
          "details":[{"message":"input.prompt: too long"},{"message":"input.seed: too large"}]}}
        """;

    private const string OneFile = """{"oneOf":[{"type":"object","properties":{"source":{"type":"string"},"url":{"type":"string"}}}]}""";

    private const string AvatarSchema =
        $$$$$"""
        {"id":"hedra-avatar","modality":"video","input_schema":{
          "required":["prompt","start_image","audio","aspect_ratio","resolution"],
          "properties":{
            "num_outputs":{"type":"integer","enum":[1],"default":1},"prompt":{"type":"string"},"start_image":{{{{{OneFile}}}}},
            "audio":{"anyOf":[{{{{{OneFile}}}}},{"type":"array","items":{"oneOf":[]}}]},
            "aspect_ratio":{"type":"string","enum":["9:16","16:9"]},"resolution":{"type":"string","enum":["540p","720p"]}}}}
        """;

    private const string WanSchema =
        $$$$$"""
        {"id":"wan-2-7","modality":"video","input_schema":{
          "required":["prompt","duration_ms","resolution"],
          "properties":{
            "num_outputs":{"type":"integer","enum":[1],"default":1},"prompt":{"type":"string"},"start_image":{{{{{OneFile}}}}},
            "duration_ms":{"type":"integer","enum":[5000,6000]},"resolution":{"type":"string","enum":["720p"]}}}}
        """;
}

using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Pika;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Pika;

/// <summary>Requests as Pika gets them, and what its answers mean.</summary>
public sealed class AskingForAnOperation : IDisposable
{
    private const string Own = "pika:pika/pika-2.5/image-to-video";
    private const string Kling = "pika:kling/kling-v3/standard/image-to-video";
    private readonly TestFolder folder = new();
    private readonly FixedTime clock = new(new DateTimeOffset(2026, 12, 2, 1, 0, 0, TimeSpan.Zero));
    private readonly List<(string Path, string Key, string Body)> sent = [];
    private readonly List<string> asked = [];
    private (int Status, string Body) answer = (200, """{"id":"media_1","status":"queued","output":null,"error":null}""");
    private int millionths = 40_000;

    [Fact]
    public async Task Its_own_model_is_told_the_resolution_whose_default_is_the_dearer()
    {
        await SendAsync(Order(Own));

        var (path, key, body) = Assert.Single(sent);
        Assert.Equal(("/v1/media/pika/pika-2.5/image-to-video", "attempt-1"), (path, key));
        Assert.Equal(
            """{"prompt":"push in","image":"https://cdn.pika.art/up1.jpg","duration_s":5,"resolution":"720p"}""",
            body);
    }

    [Fact]
    public async Task Anothers_model_is_asked_by_the_names_of_its_inputs_and_told_that_no_sound_is_wanted()
    {
        await SendAsync(Order(Kling));

        Assert.Equal(
            """{"prompt":"push in","image":"https://cdn.pika.art/up1.jpg","duration":"5","sound":"off"}""",
            Assert.Single(sent).Body);
    }

    [Fact]
    public async Task What_became_dearer_than_was_told_is_not_sent_and_nothing_is_uploaded()
    {
        millionths = 41_000;

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Own)));

        Assert.Equal((ErrorCode.OverBudget, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Contains("pika asks $0.205 for this now, and $0.20 was told", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(asked, a => a.Contains("uploads", StringComparison.Ordinal));
        Assert.Empty(sent);
    }

    [Theory]
    [InlineData("rate_limited", ErrorCode.ProviderRateLimited, true)]
    [InlineData("provider_unavailable", ErrorCode.ProviderFailed, true)]
    [InlineData("insufficient_balance", ErrorCode.ProviderAuth, false)]
    [InlineData("content_moderation", ErrorCode.ProviderRefused, false)]
    public async Task A_job_that_had_failed_when_it_was_answered_was_never_begun_and_its_key_is_not_used_again(
        string code,
        ErrorCode means,
        bool isPassing)
    {
        answer = (200, $$$"""{"id":"media_1","status":"failed","output":null,"error":{"code":"{{{code}}}","message":"no"}}""");
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin);
        var request = await provider.PrepareAsync(Order(Own), CancellationToken.None);

        var e = await Assert.ThrowsAsync<ProviderException>(() => provider.SubmitAsync(request, CancellationToken.None));
        Assert.Equal((means, Acceptance.No, isPassing), (e.Code, e.Acceptance, e.IsPassing));
        Assert.Equal("attempt-1-2", request.Sent!["key"]!.GetValue<string>());
        answer = (200, """{"id":"media_2","status":"queued"}""");
        Assert.Equal("media_2", (await provider.SubmitAsync(request, CancellationToken.None)).Task.Id);

        Assert.Equal(["attempt-1", "attempt-1-2"], sent.Select(s => s.Key));
        Assert.Equal(sent[0].Body, sent[1].Body);
    }

    [Theory]
    [InlineData(401, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(403, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(404, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(409, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(413, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(422, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(429, Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(500, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(503, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(int status, Acceptance acceptance, ErrorCode code)
    {
        answer = (status, """{"message":"no"}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Own)));

        Assert.Equal((acceptance, code), (e.Acceptance, e.Code));
    }

    [Theory]
    [InlineData(0, "media_1")]
    [InlineData(59, "media_1")]
    [InlineData(61, null)]
    public async Task A_lost_request_is_found_by_its_key_for_as_long_as_keys_are_surely_remembered(int minutes, string? id)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin);
        var request = await provider.PrepareAsync(Order(Own), CancellationToken.None);
        var lost = new LostRequest(Order(Own), clock.GetUtcNow() - TimeSpan.FromMinutes(minutes), request.Sent, _ => false);

        var found = await provider.FindAsync(lost, CancellationToken.None);

        Assert.Equal(id, found?.Id);
        if (id is not null)
        {
            var (_, key, body) = Assert.Single(sent);
            Assert.Equal(("attempt-1", ((JsonObject)request.Sent!["input"]!).ToJsonString()), (key, body));
        }
    }

    [Theory]
    [InlineData("""{"status":"queued"}""", RemoteState.Waiting, null)]
    [InlineData("""{"status":"running"}""", RemoteState.Working, null)]
    [InlineData("""{"status":"dreaming"}""", RemoteState.Working, null)]
    [InlineData("""{"status":"failed","error":{"code":"provider_error","message":"x"}}""", RemoteState.Failed, 0.0)]
    [InlineData("""{"status":"failed","error":{"code":"content_moderation","message":"x"}}""", RemoteState.Failed, 0.0)]
    [InlineData("""{"status":"completed","output":{"media_type":"video","video":{"url":"https://cdn/a.mp4"},"images":null}}""", RemoteState.Done, 0.2)]
    public async Task What_a_state_means_for_money(string told, RemoteState state, double? usd)
    {
        var status = await LookAsync(told);

        Assert.Equal((state, (decimal?)usd), (status.State, status.CostUsd));
    }

    [Theory]
    [InlineData("""{"media_type":"video","video":{"url":"https://cdn/a.mp4"},"images":[{"url":"https://cdn/preview.png"}]}""", "https://cdn/a.mp4")]
    [InlineData("""{"media_type":"image","video":null,"images":[{"url":"https://cdn/a.png"},{"url":"https://cdn/b.png"}]}""", "https://cdn/a.png,https://cdn/b.png")]
    [InlineData("""{"media_type":"videos","videos":[{"url":"https://cdn/a.mp4"}]}""", "https://cdn/a.mp4")]
    [InlineData("""{"media_type":"video","video":null}""", "")]
    public async Task Only_what_the_media_type_names_is_the_result(string output, string addresses)
    {
        var status = await LookAsync($$$"""{"status":"completed","output":{{{output}}}}""");

        Assert.Equal(addresses, string.Join(',', status.Outputs.Select(o => o.Address)));
    }

    [Fact]
    public async Task The_balance_is_told_with_the_key()
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin);

        Assert.Null(await provider.CheckKeyAsync(CancellationToken.None));

        Assert.Equal("the key is accepted, $12.35 left; any operation of its catalogue by pika:<api_id>", provider.Answered);
    }

    public void Dispose() => folder.Dispose();

    private IProvider Provider(Uri origin) => Services(origin).Provider;

    private ProviderServices Services(Uri origin) => PikaRegistration.Descriptor.Create(
        new ProviderOptions
        {
            Name = "pika",
            KeyVariable = "KEY",
            ApiKey = new Secret("a-key-of-tests"),
            BaseUrl = origin,
            PollEvery = TimeSpan.FromMilliseconds(10),
        },
        clock);

    private GenerationOrder Order(string model) =>
        TestOrder.Of(Services(new Uri("http://127.0.0.1:1")).Models.Rows().Single(m => m.Id == model)) with
        {
            Image = folder.Input("still-1"),
        };

    private async Task SendAsync(GenerationOrder order)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin);
        var request = await provider.PrepareAsync(order, CancellationToken.None);
        Assert.Equal("media_1", (await provider.SubmitAsync(request, CancellationToken.None)).Task.Id);
    }

    private async Task<RemoteStatus> LookAsync(string told)
    {
        answer = (200, told);
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await Provider(server.Origin).GetStatusAsync(new RemoteTask("media_1"), Order(Own), CancellationToken.None);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value!);
        asked.Add($"{method} {path}");
        // Neither the catalogue nor a signed address is shown the key.
        var isOpen = path.StartsWith("/catalog/", StringComparison.Ordinal) || method == "PUT";
        Assert.Equal(isOpen ? "" : "a-key-of-tests", context.Request.Headers["X-API-Key"].ToString());
        var (status, body) = (method, path) switch
        {
            (_, "/billing/balance") => (200, """{"balance_micro_usd":12345678,"postpaid":{"active":false,"cycle":null}}"""),
            (_, "/v1/media/uploads") => (200, $$$"""{"upload_url":"http://{{{context.Request.Host}}}/put","url":"https://cdn.pika.art/up1.jpg","headers":{"Content-Type":"image/jpeg","Content-Length":"7","x-signed":"yes"}}"""),
            ("PUT", _) => (context.Request.Headers["x-signed"] == "yes" && context.Request.ContentLength == 7 ? 200 : 403, ""),
            ("GET", _) when isOpen => (200, Record(path["/catalog/apis/".Length..])),
            _ => answer,
        };
        if (method == "POST" && path != "/v1/media/uploads")
        {
            using var reader = new StreamReader(context.Request.Body);
            sent.Add((path, context.Request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync()));
        }
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }

    private string Record(string id)
    {
        var (inputs, spec) = id.StartsWith("kling", StringComparison.Ordinal)
            ? (""" "image":{"type":"string","media_kinds":["image"]},"duration":{"type":"string","enum":["5","10"]},"sound":{"type":"string","enum":["on","off"],"default":"on"} """, """{"sound":"off"}""")
            : (""" "image":{"type":"string","media_kinds":["image"]},"duration_s":{"type":"integer","enum":[5,10]},"resolution":{"type":"string","enum":["720p","1080p"],"default":"1080p"},"seed":{"type":"integer"} """, """{"resolution":"720p"}""");
        return $$$$"""
            {"api_id":"{{{{id}}}}","category":"video","call":{"method":"POST","path":"/v1/media/{{{{id}}}}"},
            "display_pricing":{"components":[{"role":"output","unit":{"type":"second","quantity":1,"included":0},"price_tiers":[{"spec":{{{{spec}}}},"micro_usd":{{{{millionths}}}}}]}]},
            "input_schema":{"type":"object","additionalProperties":false,"required":["image"],"properties":{"prompt":{"type":"string"},{{{{inputs}}}}}}}
            """;
    }
}

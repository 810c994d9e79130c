using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Higgsfield;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Higgsfield;

/// <summary>Requests as Higgsfield gets them, and what its answers mean.</summary>
public sealed class AskingForARequest : IDisposable
{
    private const string Kling = "higgsfield:kling-video/v3.0/std/image-to-video";
    private const string Dop = "higgsfield:higgsfield-ai/dop/standard";
    private const string Made = ",\"video\":{\"url\":\"https://cdn/a.mp4\"},\"images\":[{\"url\":\"https://cdn/p.png\"}]";
    private readonly TestFolder folder = new();
    private readonly FixedTime clock = new(new DateTimeOffset(2026, 12, 2, 1, 0, 0, TimeSpan.Zero));
    private readonly List<(string Path, string Key, string Body)> sent = [];
    private readonly List<string> asked = [];
    private (int Status, string Body) answer = (200, Taken("https://evil.example/requests/r1"));
    private string estimate = """{"type":"estimate","credits":"6.720","usd":"0.420"}""";
    private bool hasList = true;

    [Fact]
    public async Task A_row_is_asked_with_its_sound_as_a_word_and_its_key()
    {
        await SendAsync(Order(Kling));

        var (path, key, body) = Assert.Single(sent);
        Assert.Equal(("/kling-video/v3.0/std/image-to-video", "attempt-1"), (path, key));
        Assert.Equal("""{"prompt":"push in","image_url":"https://cdn.higgsfield.ai/up1.jpg","duration":5,"sound":"off"}""", body);
        Assert.True(asked.FindIndex(a => a.Contains("/estimate/", StringComparison.Ordinal))
            < asked.FindIndex(a => a.Contains("/files/", StringComparison.Ordinal)), "the price is asked first");
    }

    [Fact]
    public async Task A_row_by_names_is_told_not_to_rewrite_the_prompt()
    {
        await SendAsync(Order(Dop));

        Assert.Equal(
            """{"enhance_prompt":false,"prompt":"push in","image_url":"https://cdn.higgsfield.ai/up1.jpg"}""",
            Assert.Single(sent).Body);
    }

    [Fact]
    public async Task A_row_that_names_its_inputs_needs_no_list_of_models()
    {
        hasList = false;

        await SendAsync(Order(Kling));

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Dop)));
        Assert.Contains("does not list its models any more", e.Message, StringComparison.Ordinal);
        Assert.Single(sent);
    }

    [Theory]
    [InlineData("""{"usd":"0.422"}""", true)]
    [InlineData("""{"usd":"0.42"}""", false)]
    [InlineData("""{"usd":"0.01"}""", false)]
    [InlineData("""{"usd":"0"}""", false)]
    [InlineData("""{"type":"description","pricing_description":"by the second"}""", false)]
    [InlineData("""{"usd":null}""", false)]
    [InlineData("""{"usd":"much"}""", false)]
    public async Task What_is_estimated_dearer_than_was_told_is_not_sent(string told, bool isDearer)
    {
        estimate = told;

        if (isDearer)
        {
            var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Kling)));
            Assert.Equal((ErrorCode.OverBudget, Acceptance.No), (e.Code, e.Acceptance));
            Assert.DoesNotContain(asked, a => a.Contains("/files/", StringComparison.Ordinal));
        }
        else
        {
            await SendAsync(Order(Kling));
        }

        Assert.Equal(isDearer ? 0 : 1, sent.Count);
    }

    [Theory]
    [InlineData(400, """{"detail":"Maximum number of concurrent requests (4) has been reached"}""", ErrorCode.ProviderRateLimited, true)]
    [InlineData(400, """{"detail":"Invalid parameters"}""", ErrorCode.ProviderFailed, false)]
    [InlineData(401, """{"detail":"Invalid credentials"}""", ErrorCode.ProviderAuth, false)]
    [InlineData(403, """{"detail":"Not enough credits"}""", ErrorCode.ProviderAuth, false)]
    [InlineData(404, """{"detail":"Model not found"}""", ErrorCode.ProviderFailed, false)]
    [InlineData(422, """{"detail":[{"loc":["body","duration"],"msg":"too long"}]}""", ErrorCode.ProviderFailed, false)]
    [InlineData(423, """{"detail":"blocked"}""", ErrorCode.ProviderFailed, false)]
    [InlineData(429, """{"detail":"slow down"}""", ErrorCode.ProviderRateLimited, true)]
    public async Task A_refusal_says_whether_it_may_be_asked_again(int status, string body, ErrorCode code, bool isPassing)
    {
        answer = (status, body);

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Kling)));

        Assert.Equal((Acceptance.No, code, isPassing), (e.Acceptance, e.Code, e.IsPassing));
        Assert.True(status != 422 || e.Message.Contains("body.duration: too long", StringComparison.Ordinal), e.Message);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_broke_there_proves_nothing(int status)
    {
        answer = (status, """{"detail":"no"}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Kling)));

        Assert.Equal(Acceptance.Unknown, e.Acceptance);
    }

    [Theory]
    [InlineData(0, "r1")]
    [InlineData(61, null)]
    public async Task A_lost_request_is_found_by_its_key_for_as_long_as_keys_are_surely_remembered(int minutes, string? id)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin);
        var request = await provider.PrepareAsync(Order(Kling), CancellationToken.None);
        var lost = new LostRequest(Order(Kling), clock.GetUtcNow() - TimeSpan.FromMinutes(minutes), request.Sent, _ => false);

        var found = await provider.FindAsync(lost, CancellationToken.None);

        Assert.Equal(id, found?.Id);
        Assert.All(sent, s => Assert.Equal(("attempt-1", request.Sent!.ToJsonString()), (s.Key, s.Body)));
    }

    [Theory]
    [InlineData("queued", "", RemoteState.Waiting, null)]
    [InlineData("in_progress", "", RemoteState.Working, null)]
    [InlineData("dreaming", "", RemoteState.Working, null)]
    [InlineData("failed", ",\"error\":\"x\"", RemoteState.Failed, 0.0)]
    [InlineData("nsfw", "", RemoteState.Failed, 0.0)]
    [InlineData("canceled", "", RemoteState.Canceled, 0.0)]
    [InlineData("completed", Made, RemoteState.Done, 0.42)]
    public async Task What_a_state_means_for_money(string status, string more, RemoteState state, double? usd)
    {
        answer = (200, $$"""{"request_id":"r1","status":"{{status}}"{{more}}}""");
        await using var server = await LocalServer.StartAsync(AnswerAsync);

        var now = await Provider(server.Origin).GetStatusAsync(
            new RemoteTask("r1"),
            Order(Kling) with { Image = null },
            CancellationToken.None);

        Assert.Equal((state, (decimal?)usd), (now.State, now.CostUsd));
        Assert.Equal(state == RemoteState.Done ? ["https://cdn/a.mp4"] : [], now.Outputs.Select(o => o.Address!.AbsoluteUri));
        Assert.Equal(status == "nsfw", now.Fault?.Code == ErrorCode.ProviderRefused);
    }

    [Fact]
    public async Task Looks_and_cancels_go_to_the_API_alone_whatever_address_an_answer_names()
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin);
        var request = await provider.PrepareAsync(Order(Kling), CancellationToken.None);
        var task = (await provider.SubmitAsync(request, CancellationToken.None)).Task;

        await provider.GetStatusAsync(task, Order(Kling), CancellationToken.None);
        await provider.CancelAsync(task, CancellationToken.None);

        Assert.Contains("GET /requests/r1/status", asked);
        Assert.Contains("POST /requests/r1/cancel", asked);
    }

    public void Dispose() => folder.Dispose();

    private static string Taken(string home) =>
        $$"""{"status":"queued","request_id":"r1","status_url":"{{home}}/status","cancel_url":"{{home}}/cancel"}""";

    private IProvider Provider(Uri origin) => Services(origin).Provider;

    private ProviderServices Services(Uri origin) => HiggsfieldRegistration.Descriptor.Create(
        new ProviderOptions
        {
            Name = "higgsfield",
            KeyVariable = "KEY",
            ApiKey = new Secret("id:a-secret-of-tests"),
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
        Assert.Equal("r1", (await provider.SubmitAsync(request, CancellationToken.None)).Task.Id);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value!);
        asked.Add($"{method} {path}");
        // A signed address is not shown the credentials.
        Assert.Equal(method == "PUT" ? "" : "Key id:a-secret-of-tests", context.Request.Headers.Authorization.ToString());
        var place = new JsonObject
        {
            ["upload_url"] = $"http://{context.Request.Host}/put",
            ["public_url"] = "https://cdn.higgsfield.ai/up1.jpg",
            ["upload_headers"] = new JsonObject { ["Content-Type"] = "image/jpeg", ["x-amz-tagging"] = "retention=temporary" },
        }.ToJsonString();
        var (status, body) = (method, path) switch
        {
            ("GET", "/models") => hasList ? (200, Listed(context.Request.Query["search"]!)) : (404, "{}"),
            ("PUT", _) => (context.Request.Headers["x-amz-tagging"] == "retention=temporary" ? 200 : 403, ""),
            (_, "/files/generate-upload-url") => (200, place),
            (_, "/requests/r1/cancel") => (202, ""),
            ("GET", _) when path.Contains(Guid.Empty.ToString(), StringComparison.Ordinal) => (404, """{"detail":"no request"}"""),
            ("POST", _) when path.StartsWith("/estimate/", StringComparison.Ordinal) => (200, estimate),
            _ => answer,
        };
        if (method == "POST" && path.Split('/')[1] is "kling-video" or "higgsfield-ai")
        {
            using var reader = new StreamReader(context.Request.Body);
            sent.Add((path, context.Request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync()));
        }
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }

    private static string Listed(string id)
    {
        var inputs = id.StartsWith("kling", StringComparison.Ordinal)
            ? """{"prompt":{"type":"string"},"image_url":{"type":"string"},"duration":{"type":"integer"},"sound":{"enum":["on","off"]}}"""
            : """{"prompt":{"type":"string"},"image_url":{"type":"string"},"enhance_prompt":{"type":"boolean","default":true}}""";
        return new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject
            {
                ["slug"] = id,
                ["output_type"] = "video",
                ["input_schema"] = new JsonObject
                {
                    ["required"] = new JsonArray("image_url"),
                    ["properties"] = JsonNode.Parse(inputs),
                },
            }),
        }.ToJsonString();
    }
}

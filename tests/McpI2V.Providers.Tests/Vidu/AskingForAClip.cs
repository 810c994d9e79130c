using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Tests.Vidu;

/// <summary>Requests as Vidu gets them, and what its answers mean.</summary>
public sealed class AskingForAClip : IDisposable
{
    private const string Turbo = "viduq3-turbo";
    private const string First = "data:image/jpeg;base64,c3RpbGwtMQ==";
    private const string Second = "data:image/jpeg;base64,c3RpbGwtMg==";
    private readonly ViduServer vidu = new();

    [Fact]
    public async Task A_clip_is_asked_for_with_everything_that_would_cost_or_change_it_if_left_out()
    {
        var (path, body) = await vidu.SentAsync(ViduServer.Order(Turbo) with { Image = vidu.Input("still-1"), Seed = 7 });

        Assert.Equal("/ent/v2/img2video", path);
        Assert.Equal(
            """{"model":"viduq3-turbo","is_rec":false,"off_peak":false,"watermark":false,"prompt":"push in","images":[""" +
                $"\"{First}\"" + """],"duration":5,"resolution":"720p","audio":false,"seed":7,"payload":"attempt-1"}""",
            body.ToJsonString());
    }

    [Fact]
    public async Task With_a_last_frame_the_same_model_is_asked_elsewhere()
    {
        var (path, body) = await vidu.SentAsync(ViduServer.Order("viduq3-pro") with
        {
            Image = vidu.Input("still-1"),
            EndImage = vidu.Input("still-2", 720, 1200),
        });

        Assert.Equal("/ent/v2/start-end2video", path);
        Assert.Equal([First, Second], body["images"]!.AsArray().Select(i => $"{i}"));
    }

    [Fact]
    public async Task Pictures_of_the_subject_go_together_and_the_ratio_is_said()
    {
        var order = ViduServer.Order("viduq3/reference-to-video");
        var (path, body) = await vidu.SentAsync(order with
        {
            Image = vidu.Input("still-1"),
            References = [vidu.Input("still-2")],
            Settings = order.Settings with { AspectRatio = "9:16", NativeAudio = true },
        });

        Assert.Equal("/ent/v2/reference2video", path);
        Assert.Equal([First, Second], body["images"]!.AsArray().Select(i => $"{i}"));
        Assert.Equal(("viduq3", "9:16", true), ($"{body["model"]}", $"{body["aspect_ratio"]}", (bool)body["audio"]!));
        Assert.False(body.ContainsKey("is_rec"));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(0, 1)]
    [InlineData(uint.MaxValue, int.MaxValue)]
    [InlineData(2147483648, 1)]
    public async Task A_seed_is_never_the_one_that_means_any(long seed, long sent)
    {
        var (_, body) = await vidu.SentAsync(ViduServer.Order(Turbo) with { Image = vidu.Input("still-1"), Seed = seed });

        Assert.Equal(sent, (long)body["seed"]!);
    }

    [Fact]
    public async Task Callbacks_are_asked_for_where_this_server_can_be_reached()
    {
        vidu.Webhooks = new Uri("https://ads.example/webhooks/vidu");

        var (_, body) = await vidu.SentAsync(ViduServer.Order(Turbo) with { Image = vidu.Input("still-1") });

        Assert.Equal("https://ads.example/webhooks/vidu", $"{body["callback_url"]}");
    }

    [Theory]
    [InlineData(400, 1700, 720, 1280, "400x1700")]
    [InlineData(2000, 500, 2000, 500, "2000x500")]
    [InlineData(720, 1280, 720, 900, "0.8 to 1.25")]
    public async Task Shapes_that_Vidu_does_not_take_are_told_before_anything_is_sent(int w, int h, int endW, int endH, string words)
    {
        var order = ViduServer.Order(Turbo) with { Image = vidu.Input("still-1", w, h), EndImage = vidu.Input("still-2", endW, endH) };

        var e = await Assert.ThrowsAsync<ProviderException>(() => vidu.SentAsync(order));

        Assert.Equal((ErrorCode.UnsupportedByModel, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Empty(vidu.Asked);
    }

    [Theory]
    [InlineData(400, "FieldInvalid", Acceptance.No, ErrorCode.ProviderRefused)]
    [InlineData(400, "ImageFormatInvalid", Acceptance.No, ErrorCode.ProviderRefused)]
    [InlineData(400, "TaskPromptPolicyViolation", Acceptance.No, ErrorCode.ProviderRefused)]
    [InlineData(403, "AuditSubmitIllegal", Acceptance.No, ErrorCode.ProviderRefused)]
    [InlineData(400, "CreditInsufficient", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(400, "ModelUnavailable", Acceptance.No, ErrorCode.UnsupportedByModel)]
    [InlineData(401, "", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(403, "Unauthorized", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(403, "Forbidden", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(429, "TooManyRequests", Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(400, "OperationInProcess", Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(400, "QuotaExceeded", Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(429, "", Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(400, "Unheard", Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(503, "SystemThrottling", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(500, "FieldInvalid", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(int status, string code, Acceptance acceptance, ErrorCode means)
    {
        foreach (var body in new[]
        {
            $$"""{"code":{{status}},"reason":"{{code}}","message":"theirs","metadata":null}""",
            $$"""{"err_code":"{{code}}","message":"theirs"}""",
            $$"""{"code":"{{code}}","reason":"","message":"theirs"}""",
        })
        {
            vidu.Answers = _ => (status, body);

            var e = await Assert.ThrowsAsync<ProviderException>(
                () => vidu.SentAsync(ViduServer.Order(Turbo) with { Image = vidu.Input("still-1") }));

            Assert.Equal((acceptance, means), (e.Acceptance, e.Code));
            Assert.Equal(means == ErrorCode.ProviderRateLimited || acceptance == Acceptance.Unknown, e.IsPassing);
            Assert.Contains("theirs", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("created", RemoteState.Waiting)]
    [InlineData("queueing", RemoteState.Waiting)]
    [InlineData("processing", RemoteState.Working)]
    [InlineData("scheduling", RemoteState.Working)]
    [InlineData("success", RemoteState.Done)]
    [InlineData("failed", RemoteState.Failed)]
    public async Task A_word_that_is_not_known_is_no_end(string state, RemoteState means) =>
        Assert.Equal(means, (await vidu.LookAsync($$"""{"id":"t1","state":"{{state}}","progress":50}""")).State);

    [Theory]
    [InlineData("55", 0.275)]
    [InlineData("\"55\"", 0.275)]
    [InlineData("0", 0.0)]
    [InlineData("-3", null)]
    [InlineData("null", null)]
    public async Task The_credits_that_are_told_are_what_it_cost(string credits, double? usd)
    {
        var done = await vidu.LookAsync(
            $$"""{"state":"success","credits":{{credits}},"creations":[{"id":"c1","url":"https://x.example/c1"}]}""");

        Assert.Equal((decimal?)usd, done.CostUsd);
        Assert.Equal("https://x.example/c1", Assert.Single(done.Outputs).Address!.AbsoluteUri);
    }

    [Fact]
    public async Task A_clip_that_is_nowhere_is_no_clip() =>
        Assert.Empty((await vidu.LookAsync("""{"state":"success","creations":[null,{"id":"c1","url":""}]}""")).Outputs);

    [Theory]
    [InlineData("CreationPolicyViolation", ErrorCode.ProviderRefused, false)]
    [InlineData("NoFaceDetected", ErrorCode.ProviderRefused, true)]
    [InlineData("ModelUnavailable", ErrorCode.UnsupportedByModel, true)]
    [InlineData("SystemThrottling", ErrorCode.ProviderFailed, true)]
    [InlineData("", ErrorCode.ProviderFailed, true)]
    public async Task What_was_not_made_says_why(string code, ErrorCode means, bool mayFallBack)
    {
        var failed = await vidu.LookAsync($$"""{"state":"failed","err_code":"{{code}}","credits":55,"creations":[]}""");

        Assert.Equal((RemoteState.Failed, means, 0m), (failed.State, failed.Fault!.Code, failed.CostUsd));
        Assert.Equal((Acceptance.Yes, mayFallBack), (failed.Fault.Acceptance, failed.Fault.MayFallBack));
        Assert.Contains(code, failed.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_canceled_while_it_waits_and_not_afterwards()
    {
        vidu.Answers = r => (200, r.Method == "GET" ? """{"state":"queueing"}""" : "{}");
        await CancelAsync();
        Assert.Equal(("POST", "/ent/v2/tasks/t%2F1/cancel", """{"id":"t/1"}"""), vidu.Asked[^1]);

        vidu.Answers = _ => (200, """{"state":"processing"}""");
        await Assert.ThrowsAsync<ProviderException>(CancelAsync);
        Assert.Equal("GET", vidu.Asked[^1].Method);
        Assert.Equal(RemoteState.Canceled, (await vidu.LookAsync("""{"state":"failed","err_code":"UserCancelled"}""")).State);

        Task CancelAsync() => vidu.WithAsync(async p =>
        {
            await p.CancelAsync(new RemoteTask("t/1"), default);
            return 0;
        });
    }

    [Fact]
    public async Task The_key_is_tried_for_nothing_and_tells_what_is_left()
    {
        var (refusal, answered) = await CheckAsync();
        Assert.Null(refusal);
        Assert.Contains("$21.00 left", answered, StringComparison.Ordinal);

        vidu.Account = (200, "{}");
        Assert.Contains("the key is accepted;", (await CheckAsync()).Answered, StringComparison.Ordinal);
        vidu.Account = (401, """{"reason":"Unauthorized","message":"invalid token"}""");
        Assert.Contains("https://api.vidu.cn", (await CheckAsync()).Refusal, StringComparison.Ordinal);

        Task<(string? Refusal, string Answered)> CheckAsync() =>
            vidu.WithAsync(async p => (await p.CheckKeyAsync(default), p.Answered));
    }

    [Theory]
    [InlineData(Turbo, "720p", 5, 0.275)]
    [InlineData(Turbo, "540p", 16, 0.56)]
    [InlineData("viduq3-pro", "1080p", 5, 0.6)]
    [InlineData("viduq3-pro-fast", "1080p", 4, 0.5)]
    [InlineData("viduq4-preview", "720p", 3, 0.3)]
    [InlineData("viduq2-pro-fast", "720p", 5, 0.08)]
    [InlineData("viduq2-turbo", "720p", 1, 0.04)]
    [InlineData("viduq2-turbo", "720p", 5, 0.2)]
    [InlineData("viduq2-pro", "1080p", 10, 0.95)]
    [InlineData("viduq3/reference-to-video", "720p", 5, 0.3)]
    [InlineData("viduq3-mix/reference-to-video", "1080p", 3, 0.435)]
    public void It_costs_what_the_price_list_says(string model, string resolution, double seconds, double usd) => Assert.Equal(
        (decimal)usd,
        ViduServer.Row(model).Price.For(new ModelSettings { Resolution = resolution, DurationSeconds = seconds }));

    public void Dispose() => vidu.Dispose();
}

using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Providers.Contract;
using McpI2V.Providers.HeyGen;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.HeyGen;

/// <summary>Requests as HeyGen gets them, and what its answers mean.</summary>
public sealed class AskingForAVideo : IDisposable
{
    private const string Clip = "heygen:heygen-video-1";
    private const string Picture = "heygen:image";
    private readonly TestFolder folder = new();
    private readonly List<(string Path, string? Key, JsonObject Body)> sent = [];
    private readonly List<string> asked = [];
    private (int Status, string Body) answer = (202, """{"data":{"video_id":"v1","status":"pending"}}""");
    private string look = "{}";
    private string list = """{"data":[]}""";

    [Fact]
    public async Task A_clip_is_asked_for_with_a_key_and_its_prompt_is_never_rewritten()
    {
        await SendAsync(Order(Clip) with { Seed = 7 });

        var (path, key, body) = Assert.Single(sent);
        Assert.Equal(("/v3/models/videos", "attempt-1"), (path, key));
        Assert.Equal(
            """{"model":"heygen-video-1","mode":"image_to_video","prompt_enhancement":"disabled","prompt":"push in","image":{"type":"asset_id","asset_id":"asset-still-1"},"duration":5,"resolution":"768p","seed":7}""",
            body.ToJsonString());
    }

    [Fact]
    public async Task Pictures_that_a_clip_keeps_are_named_in_its_prompt()
    {
        var order = Order($"{Clip}/reference-to-video");
        await SendAsync(order with
        {
            References = [folder.Input("still-2")],
            Settings = order.Settings with { AspectRatio = "9:16" },
        });

        var body = Assert.Single(sent).Body;
        Assert.Equal(
            "push in Keep what <Picture 1> shows exactly as it is. Keep what <Picture 2> shows exactly as it is.",
            body["prompt"]!.GetValue<string>());
        body.Remove("prompt");
        Assert.Equal(
            """{"model":"heygen-video-1","mode":"reference_to_video","prompt_enhancement":"disabled","reference_images":[{"type":"asset_id","asset_id":"asset-still-1"},{"type":"asset_id","asset_id":"asset-still-2"}],"duration":5,"aspect_ratio":"9:16","resolution":"768p"}""",
            body.ToJsonString());
    }

    [Theory]
    [InlineData(null, "auto")]
    [InlineData("9:16", "9:16")]
    public async Task A_portrait_speaks_under_a_title_that_finds_it_again(string? ratio, string sentRatio)
    {
        await SendAsync(Speaking(MediaFormat.Mp3, ratio));

        var (path, key, body) = Assert.Single(sent);
        Assert.Equal(("/v3/videos", null), (path, key));
        Assert.Equal(
            $$"""{"type":"image","aspect_ratio":"{{sentRatio}}","output_format":"mp4","motion_prompt":"push in","image":{"type":"asset_id","asset_id":"asset-still-1"},"audio_asset_id":"asset-voice-1","resolution":"720p","title":"attempt-1"}""",
            body.ToJsonString());
    }

    [Fact]
    public async Task A_sound_that_heygen_does_not_take_is_told_before_anything_is_uploaded()
    {
        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Speaking(MediaFormat.M4a, null)));

        Assert.Equal((ErrorCode.UnsupportedByModel, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Contains("MP3 and WAV", e.Message, StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("1080p", 1080, 1080, false)]
    [InlineData("1440p", 1080, 1350, false)]
    [InlineData("1080p", 1080, 1920, true)]
    [InlineData("1440p", 2560, 1440, true)]
    [InlineData("720p", 1080, 1080, true)]
    public void The_larger_sizes_are_for_two_ratios_alone(string resolution, int width, int height, bool isTaken)
    {
        var order = Order(Clip) with
        {
            Settings = new ModelSettings { DurationSeconds = 5, Resolution = resolution, Size = new PixelSize(width, height) },
        };
        var provider = Provider(new Uri("http://127.0.0.1:1")).Provider;

        var e = Record.Exception(() => provider.Review(order));

        Assert.Equal(isTaken, e is null);
        Assert.True(isTaken || e!.Message.Contains("Nothing was spent", StringComparison.Ordinal), e?.Message);
    }

    [Theory]
    [InlineData(400, "validation_error", "duration: too long", Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(400, "validation_error", "the image violates our content policy", Acceptance.No, ErrorCode.ProviderRefused)]
    [InlineData(400, "insufficient_credit", "no", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(401, "unauthorized", "no", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(402, "insufficient_credit", "no", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(403, "forbidden", "no", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(404, "not_found", "no", Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(409, "conflict", "no", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(413, "payload_too_large", "no", Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(429, "rate_limit_exceeded", "no", Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(500, "insufficient_credit", "no", Acceptance.Unknown, ErrorCode.ProviderAuth)]
    [InlineData(502, "bad_gateway", "no", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(503, "busy", "no", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(
        int status,
        string word,
        string message,
        Acceptance acceptance,
        ErrorCode code)
    {
        answer = (status, $$"""{"error":{"code":"{{word}}","message":"{{message}}"} }""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order(Clip)));

        Assert.Equal((acceptance, code), (e.Acceptance, e.Code));
    }

    [Theory]
    [InlineData("""{"data":{"status":"waiting"}}""", RemoteState.Waiting, null, null)]
    [InlineData("""{"status":"pending"}""", RemoteState.Waiting, null, null)]
    [InlineData("""{"status":"processing"}""", RemoteState.Working, null, null)]
    [InlineData("""{"status":"dreaming_anew"}""", RemoteState.Working, null, null)]
    [InlineData("{}", RemoteState.Working, null, null)]
    [InlineData("""{"data":{"status":"completed","video_url":"https://a.example/b","duration":8.5}}""", RemoteState.Done, null, 0.425)]
    [InlineData("""{"status":"completed","video_url":"https://a.example/b","duration":-1}""", RemoteState.Done, null, null)]
    [InlineData("""{"status":"cancelled"}""", RemoteState.Canceled, 0.0, 0.0)]
    [InlineData("""{"status":"failed","failure_code":"render_error","failure_message":"no"}""", RemoteState.Failed, 0.0, 0.0)]
    public async Task What_a_state_means_for_money(string told, RemoteState means, double? ofClip, double? ofPicture)
    {
        look = told;

        var (clip, picture) = (await LookAsync(Order(Clip)), await LookAsync(Speaking(MediaFormat.Mp3, null)));

        Assert.Equal((means, means), (clip.State, picture.State));
        Assert.Equal(((decimal?)ofClip, (decimal?)ofPicture), (clip.CostUsd, picture.CostUsd));
    }

    [Theory]
    [InlineData("content_moderation", ErrorCode.ProviderRefused, false)]
    [InlineData("render_error", ErrorCode.ProviderFailed, true)]
    public async Task A_video_that_failed_says_why_and_whether_another_may_try(string failure, ErrorCode code, bool mayFallBack)
    {
        look = $$"""{"status":"failed","failure_code":"{{failure}}","failure_message":"no"}""";

        var status = await LookAsync(Order(Clip));

        Assert.Equal((code, mayFallBack), (status.Fault!.Code, status.Fault.MayFallBack));
    }

    [Theory]
    [InlineData(2, "v1")]
    [InlineData(61, null)]
    public async Task A_lost_clip_is_sent_again_with_its_own_key_within_the_hour(int minutes, string? found)
    {
        Assert.Equal(found, (await FindAsync(Order(Clip), new JsonObject { ["prompt"] = "x" }, minutes))?.Id);
        Assert.All(sent, s => Assert.Equal("attempt-1", s.Key));
        Assert.Equal(found is null ? 0 : 1, sent.Count);
    }

    [Theory]
    [InlineData("attempt-1", "v2")]
    [InlineData("attempt-10", null)]
    public async Task A_lost_talking_picture_is_found_by_its_whole_title_and_never_sent_again(string title, string? found)
    {
        list = $$"""{"data":[{"id":"v2","title":"{{title}}"}]}""";

        var task = await FindAsync(Speaking(MediaFormat.Mp3, null), new JsonObject { ["title"] = "attempt-1" }, minutes: 600);

        Assert.Equal(found, task?.Id);
        Assert.Equal(found is null ? null : "v3/videos/v2", task?.Path);
        Assert.Empty(sent);
    }

    [Theory]
    [InlineData(Clip, "480p", 5, 0.1)]
    [InlineData(Clip, "720p", 10, 0.3)]
    [InlineData(Clip, "1440p", 5, 0.45)]
    [InlineData(Picture, "720p", 20, 1.0)]
    public void A_second_costs_by_its_resolution(string model, string resolution, double seconds, double usd) => Assert.Equal(
        (decimal)usd,
        Row(model).Price.For(new ModelSettings { Resolution = resolution, DurationSeconds = seconds, InputSeconds = seconds }));

    public void Dispose() => folder.Dispose();

    private static ModelEntry Row(string id) => Provider(new Uri("http://127.0.0.1:1")).Models.Rows().Single(m => m.Id == id);

    private static ProviderServices Provider(Uri origin, TimeProvider? time = null) => HeyGenRegistration.Descriptor.Create(
        new ProviderOptions
        {
            Name = "heygen",
            KeyVariable = "KEY",
            ApiKey = new Secret("a-key-of-tests"),
            BaseUrl = origin,
            PollEvery = TimeSpan.FromMilliseconds(10),
        },
        time ?? TimeProvider.System);

    private GenerationOrder Order(string model) =>
        TestOrder.Of(Row(model)) with { Image = folder.Input("still-1", MediaFormat.Jpeg) };

    private GenerationOrder Speaking(MediaFormat format, string? ratio) => Order(Picture) with
    {
        Capability = Capability.LipSync,
        Settings = new ModelSettings { InputSeconds = 8, Resolution = "720p", AspectRatio = ratio },
        Audio = folder.Input("voice-1", format),
    };

    private async Task SendAsync(GenerationOrder order)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin).Provider;
        var request = await provider.PrepareAsync(order, CancellationToken.None);
        Assert.Equal("v1", (await provider.SubmitAsync(request, CancellationToken.None)).Task.Id);
    }

    private async Task<RemoteStatus> LookAsync(GenerationOrder order)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await Provider(server.Origin).Provider.GetStatusAsync(new RemoteTask("v1"), order, CancellationToken.None);
    }

    private async Task<RemoteTask?> FindAsync(GenerationOrder order, JsonObject body, int minutes)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var sentAt = new DateTimeOffset(2026, 12, 2, 9, 0, 0, TimeSpan.Zero);
        return await Provider(server.Origin, new FixedTime(sentAt.AddMinutes(minutes))).Provider.FindAsync(
            new LostRequest(order, sentAt, body, _ => false),
            CancellationToken.None);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (path, isPost) = (context.Request.Path.Value!, context.Request.Method == "POST");
        asked.Add($"{context.Request.Method} {path}");
        if (path == "/v3/assets")
        {
            var file = (await context.Request.ReadFormAsync()).Files["file"]!;
            await context.Response.WriteAsync(
                $$"""{"data":{"asset_id":"asset-{{Path.GetFileNameWithoutExtension(file.FileName)}}"} }""");
            return;
        }
        if (isPost)
        {
            var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
            sent.Add((path, context.Request.Headers["Idempotency-Key"].FirstOrDefault(), body));
            context.Response.StatusCode = answer.Status;
        }
        await context.Response.WriteAsync(isPost ? answer.Body : path switch
        {
            "/v3/users/me" => """{"data":{"username":"a","wallet":{"currency":"usd","remaining_balance":25.5}}}""",
            "/v3/videos" => list,
            _ => look,
        });
    }
}

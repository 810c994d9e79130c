using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Luma;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Luma;

/// <summary>Requests as Luma gets them, and what its answers mean.</summary>
public sealed class AskingForAGeneration : IDisposable
{
    private const string Id = "d290f1ee-6c54-4b01-90e6-d701748f0851";
    private readonly TestFolder folder = new();
    private readonly List<JsonObject> sent = [];
    private (int Status, string Body) answer = (201, $$"""{"id":"{{Id}}","state":"queued"}""");

    [Theory]
    [InlineData(5, false, "\"duration\":\"5s\",\"start_frame\":{0}", "still-1")]
    [InlineData(5, true, "\"duration\":\"5s\",\"start_frame\":{0},\"end_frame\":{1}", "still-1")]
    [InlineData(10, false, "\"duration\":\"10s\",\"keyframes\":[{0}],\"keyframe_indexes\":[0]", "still-1")]
    [InlineData(10, true, "\"duration\":\"10s\",\"keyframes\":[{0},{1}],\"keyframe_indexes\":[0,240]", "still-1")]
    public async Task Ten_seconds_take_their_frames_as_keyframes(double seconds, bool hasLast, string video, string first)
    {
        var order = Order("luma:ray-3.2", Capability.ImageToVideo) with
        {
            Image = folder.Input(first),
            EndImage = hasLast ? folder.Input("still-2") : null,
            Settings = new ModelSettings { DurationSeconds = seconds, Resolution = "480p", AspectRatio = "9:16" },
        };

        var body = await SendAsync(order);

        var wanted = JsonNode.Parse(video.Insert(0, "{\"resolution\":\"540p\",")
            .Replace("{0}", Reference("still-1"), StringComparison.Ordinal)
            .Replace("{1}", Reference("still-2"), StringComparison.Ordinal) + "}")!;
        Assert.True(JsonNode.DeepEquals(wanted, body["video"]), body.ToJsonString());
        Assert.Equal(("ray-3.2", "video", "9:16"), ($"{body["model"]}", $"{body["type"]}", $"{body["aspect_ratio"]}"));
    }

    [Fact]
    public async Task An_edit_sends_the_clip_and_says_how_far_it_may_go()
    {
        var order = Order("luma:ray-3.2/video_edit", Capability.VideoEdit) with { Clip = folder.Input("clip-1", MediaFormat.Mp4) };

        var usual = await SendAsync(order);
        var own = await SendAsync(order with { Options = new JsonObject { ["strength"] = "flex_1" } });

        Assert.Equal("""{"auto_controls":true}""", usual["video"]!["edit"]!.ToJsonString());
        Assert.Equal("""{"strength":"flex_1"}""", own["video"]!["edit"]!.ToJsonString());
        Assert.Null(own["strength"]);
        Assert.Equal("video/mp4", own["source"]!["media_type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_still_that_is_edited_is_the_source_and_the_others_are_references()
    {
        var body = await SendAsync(Order("luma:uni-1", Capability.ImageEdit) with
        {
            Image = folder.Input("still-1"),
            References = [folder.Input("still-2"), folder.Input("still-3")],
        });

        Assert.Equal(("uni-1", "image_edit"), ($"{body["model"]}", $"{body["type"]}"));
        Assert.Equal(Reference("still-1"), body["source"]!.ToJsonString());
        Assert.Equal(2, body["image_ref"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3 * 16_384)]
    [InlineData((3 * 16_384 * 2) + 1)]
    public async Task A_file_of_any_length_arrives_as_it_is(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var input = folder.Input("still-1", bytes: bytes);

        var body = await SendAsync(Order("luma:ray-3.2", Capability.ImageToVideo) with { Image = input });

        Assert.Equal(bytes, Convert.FromBase64String(body["video"]!["start_frame"]!["data"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(400, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(401, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(402, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(403, Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(413, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(422, Acceptance.No, ErrorCode.ProviderFailed)]
    [InlineData(429, Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(500, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(502, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(503, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(520, Acceptance.Unknown, ErrorCode.ProviderFailed)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(int status, Acceptance acceptance, ErrorCode code)
    {
        answer = (status, """{"detail":"no"}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order("luma:uni-1", Capability.TextToImage)));

        Assert.Equal((acceptance, code), (e.Acceptance, e.Code));
    }

    [Theory]
    [InlineData("content_moderated", ErrorCode.ProviderRefused, false)]
    [InlineData("corrupt_input", ErrorCode.ProviderRefused, true)]
    [InlineData("budget_exhausted", ErrorCode.ProviderFailed, true)]
    [InlineData("generation_failed", ErrorCode.ProviderFailed, true)]
    [InlineData("something_new", ErrorCode.ProviderFailed, true)]
    public async Task A_generation_that_failed_says_why_and_whether_another_may_try(string failure, ErrorCode code, bool mayFallBack)
    {
        var status = await LookAsync($$"""{"id":"{{Id}}","state":"failed","failure_code":"{{failure}}","failure_reason":"no"}""");

        Assert.Equal(RemoteState.Failed, status.State);
        Assert.Equal((code, mayFallBack, 0m), (status.Fault!.Code, status.Fault.MayFallBack, status.CostUsd));
    }

    [Theory]
    [InlineData("queued", RemoteState.Waiting)]
    [InlineData("processing", RemoteState.Working)]
    [InlineData("dreaming_anew", RemoteState.Working)]
    [InlineData("completed", RemoteState.Done)]
    public async Task A_word_that_is_not_known_is_no_end(string state, RemoteState means) =>
        Assert.Equal(means, (await LookAsync($$"""{"id":"{{Id}}","state":"{{state}}","output":[{"url":"https://a.example/x"}]}""")).State);

    [Theory]
    [InlineData("luma:ray-3.2", "480p", 5, 0.15)]
    [InlineData("luma:ray-3.2", "720p", 5, 0.3)]
    [InlineData("luma:ray-3.2", "720p", 10, 0.9)]
    [InlineData("luma:ray-3.2", "1080p", 10, 3.6)]
    [InlineData("luma:ray-3.2/video_edit", "720p", 5.05, 1.08)]
    [InlineData("luma:ray-3.2/video_edit", "1080p", 7, 4.32)]
    [InlineData("luma:uni-1", null, 0, 0.0464)]
    public void Ten_seconds_cost_three_times_five_and_a_still_more_with_each_that_goes_in(
        string model,
        string? resolution,
        double seconds,
        double usd) => Assert.Equal(
        (decimal)usd,
        Row(model).Price.For(new ModelSettings
        {
            Resolution = resolution,
            DurationSeconds = seconds,
            InputSeconds = seconds,
            InputStills = 2,
        }));

    public void Dispose() => folder.Dispose();

    private static string Reference(string handle) =>
        $$"""{"data":"{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(handle))}}","media_type":"image/jpeg"}""";

    private static ModelEntry Row(string id) => Provider(new Uri("http://127.0.0.1:1")).Models.Rows().Single(m => m.Id == id);

    private static ProviderServices Provider(Uri origin) => LumaRegistration.Descriptor.Create(
        new ProviderOptions { Name = "luma", KeyVariable = "KEY", ApiKey = new Secret("a-key-of-tests"), BaseUrl = origin },
        TimeProvider.System);

    private static GenerationOrder Order(string model, Capability capability) => TestOrder.Of(Row(model), capability);

    private async Task<JsonObject> SendAsync(GenerationOrder order)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin).Provider;
        var request = await provider.PrepareAsync(order, CancellationToken.None);
        Assert.Equal(Id, (await provider.SubmitAsync(request, CancellationToken.None)).Task.Id);
        return sent[^1];
    }

    private async Task<RemoteStatus> LookAsync(string body)
    {
        answer = (200, body);
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await Provider(server.Origin).Provider.GetStatusAsync(
            new RemoteTask(Id),
            Order("luma:ray-3.2", Capability.ImageToVideo),
            CancellationToken.None);
    }

    // The key is asked for with a generation that never was.
    private async Task AnswerAsync(HttpContext context)
    {
        var isKey = context.Request.Path.Value!.EndsWith(Guid.Empty.ToString(), StringComparison.Ordinal);
        if (context.Request.Method == "POST")
        {
            Assert.Equal("attempt-1", context.Request.Headers["X-Request-Id"]);
            sent.Add((await JsonNode.ParseAsync(context.Request.Body))!.AsObject());
        }
        context.Response.StatusCode = isKey ? 404 : answer.Status;
        await context.Response.WriteAsync(isKey ? """{"detail":"Generation not found"}""" : answer.Body);
    }
}

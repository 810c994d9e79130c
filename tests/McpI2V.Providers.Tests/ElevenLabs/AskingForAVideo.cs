using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Tests.ElevenLabs;

/// <summary>Flows as ElevenLabs gets them, and what its answers mean.</summary>
public sealed class AskingForAVideo : IDisposable
{
    private readonly ElevenLabsBench bench = new();

    [Theory]
    [InlineData("veo-3.1-generate-001", """{"enhance_prompt":false,"aspect_ratio":"9:16","seed":7}""")]
    [InlineData("bytedance-seedance-v2.5", """{"aspect_ratio":"auto"}""")]
    [InlineData("bytedance-seedance-v2-fast", """{"aspect_ratio":"auto","seed":7}""")]
    public async Task Frames_are_uploaded_once_and_every_choice_is_sent(string model, string own)
    {
        bench.Answer("/v1/assets", """{"asset_id":"a-1"}""");
        bench.Answer("/v1/flows/video", """{"id":"g-1","status":"pending"}""");
        var order = bench.Order(model, Capability.ImageToVideo, "push in") with
        {
            Image = bench.Input("still-1"),
            EndImage = bench.Input("still-1"),
            Seed = 7,
            Settings = new ModelSettings
            {
                DurationSeconds = 6,
                Resolution = "720p",
                AspectRatio = model.StartsWith("veo", StringComparison.Ordinal) ? "9:16" : null,
            },
        };

        var taken = await bench.SendAsync(order);

        var wanted = JsonNode.Parse("""
            {"prompt":"push in","start_frame":{"type":"asset","asset_id":"a-1"},"end_frame":{"type":"asset","asset_id":"a-1"},
             "duration_secs":6,"resolution":"720p","generate_audio":false,"webhook":{"type":"all"}}
            """)!.AsObject();
        wanted["model_id"] = model;
        foreach (var (name, value) in JsonNode.Parse(own)!.AsObject())
        {
            wanted[name] = value!.DeepClone();
        }
        Assert.True(JsonNode.DeepEquals(wanted, bench.BodyTo("/v1/flows")), bench.BodyTo("/v1/flows").ToJsonString());
        Assert.Equal("g-1", taken.Task.Id);
        Assert.Single(bench.Asked, a => a.Path == "/v1/assets");
        Assert.Contains("still-1.jpg", bench.Asked.Single(a => a.Path == "/v1/assets").Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"status":"pending"}""", RemoteState.Waiting)]
    [InlineData("""{"status":"generating"}""", RemoteState.Working)]
    [InlineData("""{"status":"dreaming_anew"}""", RemoteState.Working)]
    [InlineData("""{"status":"completed","content_url":"https://a.example/x"}""", RemoteState.Done)]
    public async Task A_word_that_is_not_known_is_no_end(string body, RemoteState means) =>
        Assert.Equal(means, (await LookAsync(body)).State);

    [Theory]
    [InlineData("moderated", ErrorCode.ProviderRefused, false)]
    [InlineData("invalid_parameters", ErrorCode.ProviderRefused, true)]
    [InlineData("charging_failed", ErrorCode.ProviderFailed, true)]
    [InlineData("model_error", ErrorCode.ProviderFailed, true)]
    [InlineData("something_new", ErrorCode.ProviderFailed, true)]
    public async Task One_that_failed_costs_nothing_and_says_why(string reason, ErrorCode code, bool mayFallBack)
    {
        var status = await LookAsync($$"""{"status":"failed","failure_reason":"{{reason}}","error_message":"no"}""");

        Assert.Equal(RemoteState.Failed, status.State);
        Assert.Equal((code, mayFallBack, 0m), (status.Fault!.Code, status.Fault.MayFallBack, status.CostUsd));
    }

    [Fact]
    public async Task A_lost_one_is_never_guessed_from_a_list_that_names_no_prompt()
    {
        var order = bench.Order("bytedance-seedance-v2", Capability.ImageToVideo);
        var lost = new LostRequest(order, DateTimeOffset.UnixEpoch, null, _ => false);

        Assert.Null(await bench.WithAsync(p => p.FindAsync(lost, CancellationToken.None)));
        Assert.Empty(bench.Asked);
    }

    public void Dispose() => bench.Dispose();

    private Task<RemoteStatus> LookAsync(string body)
    {
        bench.Answer("/v1/flows/video/g-1", body);
        return bench.WithAsync(p => p.GetStatusAsync(
            new RemoteTask("g-1"),
            bench.Order("bytedance-seedance-v2", Capability.ImageToVideo),
            CancellationToken.None));
    }
}

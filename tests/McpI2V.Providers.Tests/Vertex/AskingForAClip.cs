using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Vertex;

namespace McpI2V.Providers.Tests.Vertex;

/// <summary>Orders as Veo gets them on Google's platform, what its answers mean, and how a lost one is found.</summary>
public sealed class AskingForAClip : IDisposable
{
    private const string Folder = "gs://ads/mcp-i2v/results/attempt-1/";
    private const string Inline =
        """{"name":"n","done":true,"response":{"videos":[{"bytesBase64Encoded":"YSBjbGlw","mimeType":"video/mp4"}]}}""";
    private const string Delivered =
        """{"name":"n","done":true,"response":{"videos":[{"gcsUri":"gs://ads/mcp-i2v/results/attempt-1/77/sample_0.mp4"}]}}""";
    private const string Address = "/storage/v1/b/ads/o/mcp-i2v%2Fresults%2Fattempt-1%2F77%2Fsample_0.mp4?alt=media";
    private readonly TestFolder folder = new();

    [Fact]
    public async Task Without_a_bucket_pictures_travel_inside_and_what_costs_is_always_said()
    {
        await using var server = await VertexServer.StartAsync();
        var order = server.Order(folder.Input("still-1")) with { EndImage = folder.Input("still-2"), Seed = 7 };

        var task = await SendAsync(server.Services().Provider, order);

        Same(
            """
            {"instances":[{"prompt":"push in","image":{"bytesBase64Encoded":"c3RpbGwtMQ==","mimeType":"image/jpeg"},
            "lastFrame":{"bytesBase64Encoded":"c3RpbGwtMg==","mimeType":"image/jpeg"}}],
            "parameters":{"personGeneration":"allow_adult","durationSeconds":8,"aspectRatio":"9:16","resolution":"720p",
            "generateAudio":false,"seed":7,"sampleCount":1}}
            """,
            server.Orders.Single());
        Assert.Equal(
            ["POST /v1/projects/a-project/locations/us-central1/publishers/google/models/veo-3.1-generate-001:predictLongRunning"],
            server.Asked);
        Assert.Equal(new RemoteTask(VertexServer.Operation), task);
    }

    [Fact]
    public async Task With_a_bucket_they_lie_there_and_the_clip_is_delivered_into_a_folder_of_the_attempts_own()
    {
        await using var server = await VertexServer.StartAsync();
        var provider = server.Services(bucket: "ads").Provider;
        var input = folder.Input("still-1");
        var order = server.Order(input) with { Settings = server.Order(input).Settings with { Resolution = "2160p", NativeAudio = true } };

        var task = await SendAsync(provider, order);
        await SendAsync(provider, order);

        Same(
            $$$"""
            {"instances":[{"prompt":"push in","image":{"gcsUri":"gs://ads/mcp-i2v/inputs/{{{input.Fingerprint}}}","mimeType":"image/jpeg"}}],
            "parameters":{"personGeneration":"allow_adult","durationSeconds":8,"aspectRatio":"9:16","resolution":"4k",
            "generateAudio":true,"sampleCount":1,"storageUri":"{{{Folder}}}"}}
            """,
            server.Orders[0]);
        Assert.Equal(new RemoteTask(Folder, VertexServer.Operation), task);
        Assert.Single(server.Asked, a => a.StartsWith("POST /upload/storage/v1/b/ads/o?uploadType=media&name=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task References_stand_alone_and_options_among_the_parameters()
    {
        await using var server = await VertexServer.StartAsync();
        var order = server.Order(folder.Input("still-1"), "vertex:veo-3.1-generate-001/reference-to-video") with
        {
            References = [folder.Input("still-2")],
            Options = new JsonObject { ["negativePrompt"] = "cars", ["personGeneration"] = "dont_allow" },
        };

        await SendAsync(server.Services(location: "global", project: "another").Provider, order);

        Same(
            """
            {"instances":[{"prompt":"push in","referenceImages":[
            {"image":{"bytesBase64Encoded":"c3RpbGwtMQ==","mimeType":"image/jpeg"},"referenceType":"asset"},
            {"image":{"bytesBase64Encoded":"c3RpbGwtMg==","mimeType":"image/jpeg"},"referenceType":"asset"}]}],
            "parameters":{"personGeneration":"dont_allow","durationSeconds":8,"aspectRatio":"9:16","resolution":"720p",
            "generateAudio":false,"sampleCount":1,"negativePrompt":"cars"}}
            """,
            server.Orders.Single());
        Assert.Contains(
            "/projects/another/locations/global/publishers/google/models/veo-3.1-generate-001:",
            server.Asked[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-central1", "https://us-central1-aiplatform.googleapis.com/")]
    [InlineData("global", "https://aiplatform.googleapis.com/")]
    [InlineData("eu", "https://aiplatform.eu.rep.googleapis.com/")]
    public void Each_location_has_a_host_of_its_own(string location, string host) =>
        Assert.Equal(host, VertexAddresses.HostOf(location).AbsoluteUri);

    [Theory]
    [InlineData("veo-3.1-generate-001", "720p", true, 3.2)]
    [InlineData("veo-3.1-generate-001", "1080p", false, 1.6)]
    [InlineData("veo-3.1-generate-001", "2160p", true, 4.8)]
    [InlineData("veo-3.1-generate-001", "2160p", false, 3.2)]
    [InlineData("veo-3.1-fast-generate-001", "720p", true, 0.8)]
    [InlineData("veo-3.1-fast-generate-001", "720p", false, 0.64)]
    [InlineData("veo-3.1-fast-generate-001", "1080p", true, 0.96)]
    [InlineData("veo-3.1-fast-generate-001", "1080p", false, 0.8)]
    [InlineData("veo-3.1-fast-generate-001", "2160p", true, 2.4)]
    [InlineData("veo-3.1-fast-generate-001", "2160p", false, 2.0)]
    [InlineData("veo-3.1-lite-generate-001", "720p", true, 0.4)]
    [InlineData("veo-3.1-lite-generate-001", "720p", false, 0.24)]
    [InlineData("veo-3.1-lite-generate-001", "1080p", true, 0.64)]
    [InlineData("veo-3.1-lite-generate-001", "1080p", false, 0.4)]
    public void A_second_costs_by_model_size_and_sound(string model, string resolution, bool sound, double usd) => Assert.Equal(
        (decimal)usd,
        VertexServer.Row($"vertex:{model}").Price.For(
            new ModelSettings { DurationSeconds = 8, Resolution = resolution, NativeAudio = sound }));

    [Theory]
    [InlineData(400, "durationSeconds is wrong", Acceptance.No, ErrorCode.ProviderFailed, true)]
    [InlineData(400, "violates usage guidelines. Support codes: 15236754", Acceptance.No, ErrorCode.ProviderRefused, false)]
    [InlineData(403, "Permission denied", Acceptance.No, ErrorCode.ProviderAuth, true)]
    [InlineData(404, "Publisher Model was not found", Acceptance.No, ErrorCode.UnsupportedByModel, true)]
    [InlineData(408, "late", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(409, "conflict", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(429, "Quota exceeded", Acceptance.No, ErrorCode.ProviderRateLimited, true)]
    [InlineData(500, "Internal error", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(503, "blocked for safety", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(200, "no name", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(
        int status,
        string words,
        Acceptance acceptance,
        ErrorCode means,
        bool mayFallBack)
    {
        await using var server = await VertexServer.StartAsync();
        server.Answer = (status, $$$"""{"error":{"code":{{{status}}},"message":"{{{words}}}"}}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() =>
            SendAsync(server.Services().Provider, server.Order(folder.Input("still-1"))));

        Assert.Equal((acceptance, means, mayFallBack), (e.Acceptance, e.Code, e.MayFallBack));
    }

    [Theory]
    [InlineData("""{"name":"n"}""", RemoteState.Working, null)]
    [InlineData("""{"name":"n","done":false,"metadata":{}}""", RemoteState.Working, null)]
    [InlineData("""{"done":true,"error":{"code":8,"message":"overloaded"}}""", RemoteState.Failed, ErrorCode.ProviderFailed)]
    [InlineData("""{"done":true,"error":{"code":3,"message":"Support codes: 58061214"}}""", RemoteState.Failed, ErrorCode.ProviderRefused)]
    [InlineData("""{"done":true,"response":{"raiMediaFilteredCount":1}}""", RemoteState.Failed, ErrorCode.ProviderRefused)]
    [InlineData(
        """{"done":true,"response":{"videos":[],"raiMediaFilteredReasons":["a celebrity"]}}""",
        RemoteState.Failed,
        ErrorCode.ProviderRefused)]
    [InlineData("""{"done":true,"response":{}}""", RemoteState.Done, null)]
    public async Task A_look_is_answered_with_how_it_stands_or_with_why_nothing_came(string body, RemoteState means, ErrorCode? why)
    {
        await using var server = await VertexServer.StartAsync();
        server.Answer = (200, body);

        var now = await LookAsync(server, server.Services(), new RemoteTask(VertexServer.Operation));

        Assert.Equal((means, why), (now.State, now.Fault?.Code));
        Assert.Equal(means == RemoteState.Failed ? 0m : (decimal?)null, now.CostUsd);
        Assert.Empty(now.Outputs);
        Assert.Equal(
            "POST /v1/projects/a-project/locations/us-central1/publishers/google/models/veo-3.1-generate-001:fetchPredictOperation",
            server.Asked.Single());
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, "")]
    public async Task A_look_that_fails_ends_nothing(int status, string body)
    {
        await using var server = await VertexServer.StartAsync();
        server.Answer = (status, body);

        var e = await Assert.ThrowsAsync<ProviderException>(() =>
            LookAsync(server, server.Services(), new RemoteTask(VertexServer.Operation)));

        Assert.True(e.IsPassing);
    }

    [Fact]
    public async Task A_clip_inside_the_answer_is_written_down_and_taken_from_there()
    {
        await using var server = await VertexServer.StartAsync();
        server.Answer = (200, Inline);
        var services = server.Services();

        var now = await LookAsync(server, services, new RemoteTask(VertexServer.Operation));
        var path = Path.Combine(folder.Path, "result.mp4");
        await services.Provider.FetchAsync(now.Outputs.Single(), path, CancellationToken.None);

        Assert.Equal((RemoteState.Done, "a clip"), (now.State, await File.ReadAllTextAsync(path)));
    }

    [Fact]
    public async Task A_clip_in_the_bucket_is_downloaded_with_the_token()
    {
        await using var server = await VertexServer.StartAsync();
        server.Answer = (200, Delivered);
        var services = server.Services(bucket: "ads");

        var now = await LookAsync(server, services, new RemoteTask(Folder, VertexServer.Operation));
        var path = Path.Combine(folder.Path, "result.mp4");
        await services.Provider.FetchAsync(now.Outputs.Single(), path, CancellationToken.None);

        Assert.Equal("a clip", await File.ReadAllTextAsync(path));
        Assert.Equal(Address, now.Outputs.Single().Address!.PathAndQuery);
        Assert.StartsWith("Bearer token-number-", server.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[{"name":"mcp-i2v/results/attempt-1/77/sample_0.mp4"}]}""", true)]
    [InlineData("""{"items":[{"name":"mcp-i2v/results/attempt-2/77/sample_0.mp4"},{"name":"mcp-i2v/results/attempt-1/a.txt"}]}""", false)]
    [InlineData("{}", false)]
    public async Task A_lost_request_is_known_by_the_clip_in_its_folder_and_an_empty_one_proves_nothing(string listed, bool isFound)
    {
        await using var server = await VertexServer.StartAsync();
        server.Listed = (200, listed);
        var services = server.Services(bucket: "ads");
        var lost = new LostRequest(server.Order(folder.Input("still-1")), DateTimeOffset.UnixEpoch, null, _ => false);

        var found = await services.Provider.FindAsync(lost, CancellationToken.None);

        Assert.True(services.Provider.Limits.CanFind);
        Assert.Equal(isFound ? new RemoteTask(Folder) : null, found);
        Assert.Equal(
            "GET /storage/v1/b/ads/o?prefix=mcp-i2v%2Fresults%2Fattempt-1%2F&maxResults=100&fields=items(name)",
            server.Asked.Single());
        if (found is not null)
        {
            var now = await LookAsync(server, services, found);
            Assert.Equal((RemoteState.Done, Address), (now.State, now.Outputs.Single().Address!.PathAndQuery));
        }
    }

    [Theory]
    [InlineData(true, RemoteState.Done)]
    [InlineData(false, RemoteState.Gone)]
    public async Task What_is_delivered_outlives_its_operation(bool isThere, RemoteState means)
    {
        await using var server = await VertexServer.StartAsync();
        server.Answer = (404, """{"error":{"code":404,"message":"Operation not found"}}""");
        server.Listed = (200, isThere ? """{"items":[{"name":"mcp-i2v/results/attempt-1/77/sample_0.mp4"}]}""" : "{}");

        var now = await LookAsync(server, server.Services(bucket: "ads"), new RemoteTask(Folder, VertexServer.Operation));

        Assert.Equal(means, now.State);
    }

    [Fact]
    public async Task Without_a_bucket_nobody_can_find_a_lost_request()
    {
        await using var server = await VertexServer.StartAsync();
        var services = server.Services();
        server.Answer = (404, "{}");

        Assert.Equal((false, false), (services.Provider.Limits.CanFind, services.Provider.Limits.CanCancel));
        Assert.Equal(RemoteState.Gone, (await LookAsync(server, services, new RemoteTask(VertexServer.Operation))).State);
        Assert.DoesNotContain(server.Asked, a => a.Contains("/storage/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(404, 200, null)]
    [InlineData(400, 200, null)]
    [InlineData(403, 200, "roles/aiplatform.user")]
    [InlineData(404, 404, "Cloud Storage does not know the bucket")]
    [InlineData(404, 403, "roles/storage.objectUser")]
    public async Task An_account_is_tried_with_an_operation_that_never_was_and_a_look_into_the_bucket(int status, int storage, string? told)
    {
        await using var server = await VertexServer.StartAsync();
        server.OfKey = (status, """{"error":{"message":"so it is"}}""");
        server.Listed = (storage, """{"error":{"message":"so it is"}}""");

        var why = await server.Services(bucket: "ads").Provider.CheckKeyAsync(CancellationToken.None);

        Assert.Equal(told is null, why is null);
        Assert.Contains(told ?? "", why ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("projects/p/locations/evil.example/publishers/google/models/m/operations/1")]
    [InlineData("https://evil.example/operations/1")]
    [InlineData("projects/p/locations/us/publishers/google/models/m/operations/1?x=/y")]
    [InlineData("")]
    public void What_is_no_name_of_an_operation_is_never_asked_for(string name) => Assert.Null(VertexAddresses.Operation(name));

    public void Dispose() => folder.Dispose();

    private static void Same(string wanted, JsonObject sent) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(wanted), sent), sent.ToJsonString());

    private Task<RemoteStatus> LookAsync(VertexServer server, ProviderServices services, RemoteTask task) =>
        services.Provider.GetStatusAsync(task, server.Order(folder.Input("still-1")), CancellationToken.None);

    private static async Task<RemoteTask> SendAsync(IProvider provider, GenerationOrder order)
    {
        var request = await provider.PrepareAsync(order, CancellationToken.None);
        return (await provider.SubmitAsync(request, CancellationToken.None)).Task;
    }
}

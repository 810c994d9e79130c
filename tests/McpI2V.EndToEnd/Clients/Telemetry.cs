using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpI2V.EndToEnd.Clients;

/// <summary>Traces, metrics and logs over OTLP, for those who set OpenTelemetry's variables.</summary>
public sealed class Telemetry
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Every_call_step_request_and_run_is_a_span_and_nothing_secret_is_in_them()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, "private name.jpg");
        await using var server = await HttpServer.StartAsync(library, "", [.. simulators.Settings("Fal"), .. collector.Settings]);
        await using var client = await server.ConnectAsync("2026-07-28");
        var call = new CallToolRequestParams
        {
            Name = "animate_image",
            Arguments = new Dictionary<string, System.Text.Json.JsonElement>
            {
                ["image"] = Json(photo),
                ["prompt"] = Json("secretive push in"),
                ["model"] = Json("kling-3"),
                ["duration_seconds"] = Json(5),
            },
            Meta = new JsonObject { ["traceparent"] = $"00-{Trace}-b7ad6b7169203331-01" },
        };

        ToolAnswer.FromResult(await client.CallToolAsync(call)).ShouldSucceed();
        ToolAnswer.FromResult(await client.CallToolAsync(
            "edit_clip",
            new Dictionary<string, object?> { ["clip"] = "clip-99", ["operations"] = new object[] { new { op = "mute" } } })).ShouldBe(
                "not_found");
        await Eventually.IsSoAsync(
            () => collector.Spans.Any(s => s.Name == "job") && collector.TextsOf("metrics").Contains("i2v.spend"),
            "it is sent");
        await server.EndAsync();
        var spans = collector.Spans;
        OtlpCollector.Span One(string name) => spans.Count(s => s.Name == name) == 1
            ? spans.Single(s => s.Name == name)
            : throw new InvalidOperationException($"{name} in {string.Join(", ", spans.Select(s => s.Name))}");

        var tool = One("tools/call animate_image");
        Assert.Equal((Trace, "b7ad6b7169203331", "job-1"), (tool.Trace, tool.Parent, tool.Attributes["i2v.job.id"]));
        Assert.Equal("not_found", One("tools/call edit_clip").Attributes["error.type"]);
        var job = One("job");
        Assert.Equal(("", "fal"), (job.Parent, job.Attributes["i2v.provider"]));
        Assert.All(
            new[] { "job submit", "job wait", "job fetch", "job publish" },
            step => Assert.Equal((job.Trace, job.Id), (One(step).Trace, One(step).Parent)));
        Assert.Equal(One("job submit").Id, One("fal send").Parent);
        Assert.Equal("POST", One("fal send").Attributes["http.request.method"]);
        Assert.Contains(spans, s => s.Name == "fal ask" && s.Parent == One("job wait").Id);
        Assert.Contains(spans, s => s.Name == "fal download" && s.Parent == One("job fetch").Id);
        Assert.Contains(spans, s => s.Name == "fal upload");
        Assert.Contains(spans, s => s.Name is "ffmpeg" or "ffprobe");
        var metrics = collector.TextsOf("metrics");
        Assert.All(
            new[]
            {
                "i2v.tool.duration",
                "i2v.provider.request.duration",
                "i2v.process.duration",
                "i2v.spend",
                "i2v.spend.reserved",
                "the-test",
            },
            name => Assert.Contains(name, metrics));
        var everything = collector.Everything;
        Assert.All(
            new[] { SimulatedProviders.Key, server.Token!, "secretive", "private name", library.Home, "signature=" },
            secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_goes_wrong_is_a_log_and_what_waits_is_counted_over_stdio_too()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 20, size: "720x1280");
        await using var assistant = await Assistant.StartAsync(library, collector.Settings);

        await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new object[] { new { op = "speed", factor = 0.5, interpolate = true } }, wait_seconds = 0 });
        await Eventually.IsSoAsync(
            () => Assistant.FfmpegIn(library).Count > 0
                && collector.TextsOf("metrics").IsSupersetOf(["i2v.jobs.open", "running"]),
            "ffmpeg is at work, and is counted");
        Assistant.FfmpegIn(library)[0].Kill();

        await Eventually.IsSoAsync(
            () => collector.TextsOf("logs").Any(t => t.Contains("{Job} failed", StringComparison.Ordinal)),
            "it is told");
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    public async Task What_is_turned_off_is_not_sent(string name, string value)
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var library = new TestLibrary();
        await using (var assistant = await Assistant.StartAsync(library, [.. collector.Settings, (name, value)]))
        {
            (await assistant.CallAsync("list_models", new { })).ShouldSucceed();
            await assistant.CloseInputAsync();
        }

        Assert.Empty(collector.Spans);
        Assert.Equal(name == "OTEL_TRACES_EXPORTER", collector.Count > 0);
    }

    private static System.Text.Json.JsonElement Json<T>(T value) => System.Text.Json.JsonSerializer.SerializeToElement(value);
}

using System.Text.Json.Nodes;
using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Aggregators;

/// <summary>A paid job over HTTP whose server looks at it but once in five minutes: only a word from its vendor ends it sooner.</summary>
internal sealed class UnwatchedJob : IAsyncDisposable
{
    private readonly HttpServer server;
    private readonly McpClient client;
    private readonly string vendor;
    private readonly string job;

    private UnwatchedJob(HttpServer server, McpClient client, string vendor, string job) =>
        (this.server, this.client, this.vendor, this.job) = (server, client, vendor, job);

    /// <summary>Where the vendor's words go.</summary>
    public string Hooks => $"{server.Origin}{Path}";

    private string Path => "webhooks/" + vendor.ToLowerInvariant();

    public static async Task<UnwatchedJob> StartAsync(SimulatedProviders simulators, TestLibrary library, string vendor, string model)
    {
        var photo = await TestMedia.StillAsync(library);
        var server = await HttpServer.StartAsync(
            library,
            "",
            [
                .. simulators.Settings(vendor),
                ($"I2V__Providers__{vendor}__PollSeconds", "300"),
                ("I2V__Http__PublicUrl", "https://ads.example"),
            ]);
        try
        {
            var client = await server.ConnectAsync("2026-07-28");
            var job = ToolAnswer.FromResult(await client.CallToolAsync(
                "animate_image",
                new Dictionary<string, object?>
                {
                    ["image"] = photo,
                    ["prompt"] = "steam rises",
                    ["model"] = model,
                    ["wait_seconds"] = 0,
                })).ShouldSucceed().Job;
            return new UnwatchedJob(server, client, vendor, job);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The status of a word that nobody signed.</summary>
    public async Task<int> SendUnsignedAsync(JsonObject word) =>
        (await server.SendAsync(HttpMethod.Post, Path, word.ToJsonString())).Status;

    /// <summary>Waits until it has ended well.</summary>
    public Task EndsAsync() => Eventually.IsSoAsync(
        async () => ToolAnswer.FromResult(await client.CallToolAsync(
            "check_job",
            new Dictionary<string, object?> { ["id"] = job })).State == "succeeded",
        "the job has ended minutes before its next look");

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
    }
}

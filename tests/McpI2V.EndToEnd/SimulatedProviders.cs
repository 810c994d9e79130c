using System.Net.Http.Json;
using System.Text.Json.Nodes;
using McpI2V.Simulators;
using McpI2V.Simulators.Simulation;
using Microsoft.AspNetCore.Builder;

namespace McpI2V.EndToEnd;

/// <summary>The simulated vendors, on a port of their own: they outlive every server that is killed.</summary>
public sealed class SimulatedProviders : IAsyncDisposable
{
    public const string Key = SimOptions.DefaultKey;
    private static readonly string[] Vendors = ["Fal", "Gemini", "Runway", "OpenAI", "RunPod"];
    private readonly WebApplication app;
    private readonly HttpClient http;

    private SimulatedProviders(WebApplication app) =>
        (this.app, http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(2) });

    public string Origin => app.Urls.First();

    /// <summary>Starts them: short work, small results.</summary>
    public static async Task<SimulatedProviders> StartAsync(
        double jobSeconds = 0.4,
        int places = 1000,
        int shortSide = 120,
        double longestSeconds = 1)
    {
        var app = SimulatedVendors.Build(new SimOptions
        {
            Port = 0,
            JobSeconds = jobSeconds,
            Places = places,
            ShortSide = shortSide,
            LongestSeconds = longestSeconds,
        });
        await app.StartAsync();
        return new SimulatedProviders(app);
    }

    /// <summary>What a user sets to use some of them: the key and the base URL, and a quicker look for tests.</summary>
    public (string Name, string Value)[] Settings(params string[] vendors)
    {
        List<(string, string)> settings = [("I2V__Budget__DailyUsd", "10000"), ("I2V__Budget__ApproveAboveUsd", "10000")];
        foreach (var vendor in vendors.Length > 0 ? vendors : Vendors)
        {
            if (vendor is "vllm" or "sglang")
            {
                settings.AddRange([
                    ($"I2V__Providers__{vendor}__Kind", "openai"),
                    ($"I2V__Providers__{vendor}__BaseUrl", $"{Origin}/{vendor}/v1"),
                ]);
            }
            else
            {
                settings.AddRange([(KeyOf(vendor), Key), ($"I2V__Providers__{vendor}__BaseUrl", $"{Origin}/{vendor.ToLowerInvariant()}")]);
            }
            settings.Add(($"I2V__Providers__{vendor}__PollSeconds", "0.1"));
        }
        return [.. settings];
    }

    public static string KeyOf(string vendor) => vendor switch
    {
        "Fal" => "FAL_KEY",
        "Gemini" => "GEMINI_API_KEY",
        "Runway" => "RUNWAYML_API_SECRET",
        "OpenAI" => "OPENAI_API_KEY",
        _ => "RUNPOD_API_KEY",
    };

    public async Task FaultAsync(string vendor, string step, string kind, int times = 1, int every = 1, double? retryAfter = null) =>
        (await http.PostAsJsonAsync(
            "/_sim/faults",
            new { vendor = vendor.ToLowerInvariant(), step, kind, times, every, retryAfter })).EnsureSuccessStatusCode();

    public async Task ClearFaultsAsync() => (await http.DeleteAsync("/_sim/faults")).EnsureSuccessStatusCode();

    public async Task SetAsync(object settings) => (await http.PostAsJsonAsync("/_sim/settings", settings)).EnsureSuccessStatusCode();

    /// <summary>What the vendors charged.</summary>
    public async Task<IReadOnlyList<(string Vendor, string Task, decimal Usd)>> BillAsync() =>
        [.. (await http.GetFromJsonAsync<JsonArray>("/_sim/bill"))!.Select(
            l => (l!["vendor"]!.GetValue<string>(), l["task"]!.GetValue<string>(), l["usd"]!.GetValue<decimal>()))];

    /// <summary>Every task that a vendor took.</summary>
    public async Task<IReadOnlyList<JsonNode>> TasksAsync() => [.. (await http.GetFromJsonAsync<JsonArray>("/_sim/tasks"))!.Select(
        t => t!)];

    public async Task<JsonNode> SeenAsync() => (await http.GetFromJsonAsync<JsonNode>("/_sim/seen"))!;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        // What is still being answered is cut off.
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}

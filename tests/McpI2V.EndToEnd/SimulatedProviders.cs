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
        double longestSeconds = 1,
        int framesPerSecond = 24,
        bool burnsWords = true)
    {
        var app = SimulatedVendors.Build(new SimOptions
        {
            Port = 0,
            JobSeconds = jobSeconds,
            Places = places,
            ShortSide = shortSide,
            LongestSeconds = longestSeconds,
            FramesPerSecond = framesPerSecond,
            BurnsWords = burnsWords,
        });
        await app.StartAsync();
        return new SimulatedProviders(app);
    }

    /// <summary>What a user sets to use some of them, or all with a key: the key and the base URL, and a quicker look for tests.</summary>
    public (string Name, string Value)[] Settings(params string[] providers)
    {
        List<(string, string)> settings = [("I2V__Budget__DailyUsd", "10000"), ("I2V__Budget__ApproveAboveUsd", "10000")];
        string[] withKeys = [.. SimulatedVendors.All.Where(p => p.KeyVariable.Length > 0).Select(p => p.Name)];
        foreach (var name in providers.Length > 0 ? providers : withKeys)
        {
            settings.AddRange(Find(name)?.Settings(Origin, Key) ?? [
                ($"I2V__Providers__{name}__Kind", "openai"),
                ($"I2V__Providers__{name}__BaseUrl", $"{Origin}/{name}/v1"),
            ]);
            settings.Add(($"I2V__Providers__{name}__PollSeconds", "0.1"));
        }
        return [.. settings];
    }

    public static string KeyOf(string provider) => Find(provider)!.KeyVariable;

    public async Task FaultAsync(string vendor, string step, string kind, int times = 1, int every = 1, double? retryAfter = null) =>
        (await http.PostAsJsonAsync(
            "/_sim/faults",
            new { vendor = vendor.ToLowerInvariant(), step, kind, times, every, retryAfter })).EnsureSuccessStatusCode();

    public async Task ClearFaultsAsync() => (await http.DeleteAsync("/_sim/faults")).EnsureSuccessStatusCode();

    public async Task SetAsync(object settings) => (await http.PostAsJsonAsync("/_sim/settings", settings)).EnsureSuccessStatusCode();

    /// <summary>Changes what a vendor has, by members that its simulator knows.</summary>
    /// <param name="what">The vendor, and of some a slash and a model of its.</param>
    /// <param name="change">The members, as JSON.</param>
    public async Task ChangeAsync(string what, string change) =>
        (await http.PostAsJsonAsync($"/_sim/{what}", JsonNode.Parse(change))).EnsureSuccessStatusCode();

    /// <summary>What the vendors charged.</summary>
    public async Task<IReadOnlyList<(string Vendor, string Task, decimal Usd)>> BillAsync() =>
        [.. (await http.GetFromJsonAsync<JsonArray>("/_sim/bill"))!.Select(
            l => (l!["vendor"]!.GetValue<string>(), l["task"]!.GetValue<string>(), l["usd"]!.GetValue<decimal>()))];

    /// <summary>Every task that a vendor took.</summary>
    public async Task<IReadOnlyList<JsonNode>> TasksAsync() => [.. (await http.GetFromJsonAsync<JsonArray>("/_sim/tasks"))!.Select(
        t => t!)];

    public async Task<JsonNode> SeenAsync() => (await http.GetFromJsonAsync<JsonNode>("/_sim/seen"))!;

    // Null: a server of the user's own.
    private static SimulatedProvider? Find(string name) => SimulatedVendors.All.FirstOrDefault(p => p.Name == name);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        // What is still being answered is cut off.
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}

using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Simulation;

/// <summary>The simulators' own address, for tests: faults, the bill, what was seen.</summary>
public static class Control
{
    public static void MapControl(this WebApplication app)
    {
        var faults = app.Services.GetRequiredService<Faults>();
        var options = app.Services.GetRequiredService<SimOptions>();
        var providers = app.Services.GetRequiredService<ProviderSet>();
        var seen = app.Services.GetRequiredService<SeenRequests>();
        app.MapPost("/_sim/faults", (Fault fault) => faults.Add(fault));
        app.MapDelete("/_sim/faults", () => faults.Clear());
        app.MapPost("/_sim/settings", (Dictionary<string, System.Text.Json.JsonElement> settings) =>
        {
            foreach (var (name, value) in settings)
            {
                switch (name)
                {
                    case "job_seconds": options.JobSeconds = value.GetDouble(); break;
                    case "address_seconds": options.AddressSeconds = value.GetDouble(); break;
                    case "places": options.Places = value.GetInt32(); break;
                    case "short_side": options.ShortSide = value.GetInt32(); break;
                    case "longest_seconds": options.LongestSeconds = value.GetDouble(); break;
                    case "words": options.Words = value.GetString()!; break;
                    case "key": options.Key = value.GetString()!; break;
                    default: return Microsoft.AspNetCore.Http.Results.BadRequest($"{name} is no setting");
                }
            }
            return Microsoft.AspNetCore.Http.Results.Ok();
        });
        app.MapGet("/_sim/bill", () =>
        {
            foreach (var book in providers.Books.Values)
            {
                book.Settle();
            }
            return app.Services.GetRequiredService<Bill>().Lines;
        });
        // Done is when the vendor was done, not when somebody looked.
        app.MapGet(
            "/_sim/tasks",
            () => providers.Books.Values
                .SelectMany(b => b.All)
                .Select(t => new
                {
                    t.Id,
                    t.Vendor,
                    t.Model,
                    State = t.At(TimeProvider.System.GetUtcNow()).ToString(),
                    t.Fate,
                    t.Fingerprint,
                    t.IsCharged,
                    t.SubmittedAt,
                    t.StartsAt,
                    t.DoneAt,
                }));
        app.MapPost("/_sim/seed/{vendor}", (string vendor, int count, string prefix) => providers.Book(vendor).Seed(count, prefix));
        app.MapGet(
            "/_sim/looks/{vendor}",
            (string vendor) => providers.Book(vendor).All.ToDictionary(t => t.Id, t => t.Looks, StringComparer.Ordinal));
        app.MapGet("/_sim/seen", () => new
        {
            seen.Requests,
            seen.Shortest,
            MostInFlight = providers.Books.ToDictionary(b => b.Key, b => b.Value.MostInFlight, StringComparer.Ordinal),
            ShortestLookSeconds = providers.Books
                .Where(b => b.Value.ShortestLook < TimeSpan.MaxValue)
                .ToDictionary(b => b.Key, b => b.Value.ShortestLook.TotalSeconds, StringComparer.Ordinal),
        });
    }
}

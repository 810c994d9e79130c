using System.Diagnostics.Metrics;
using McpI2V.Engine;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Spending;

namespace McpI2V.Hosting.Telemetry;

/// <summary>
/// What the library's rows say when somebody measures: jobs that are open, money spent and set aside. Exact whichever process spent it.
/// </summary>
internal sealed class LibraryGauges(Lazy<QueueCounts> queue, Lazy<SpendReport> spending) : IDisposable
{
    private readonly Meter meter = new("McpI2V.Library");

    /// <summary>Begins to answer measurements.</summary>
    public void Begin()
    {
        meter.CreateObservableGauge("i2v.jobs.open", Open, "{job}", "Jobs that are not over.");
        meter.CreateObservableCounter("i2v.spend", () => Spend(l => l.Spent), "{USD}", "What was spent.");
        meter.CreateObservableGauge(
            "i2v.spend.reserved",
            () => Spend(l => l.Reserved),
            "{USD}",
            "What is set aside for jobs that are not over.");
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => meter.Dispose();

    private Measurement<long>[] Open() => Read<long>(() => [.. queue.Value
        .Read()
        .Select(c => new Measurement<long>(c.Count, new("i2v.provider", c.Provider), new("i2v.job.state", c.State)))]);

    private Measurement<double>[] Spend(Func<(decimal Spent, decimal Reserved), decimal> which) => Read<double>(() =>
    [
        .. spending.Value.Lines()
            .GroupBy(l => (l.Provider, l.Model))
            .Select(g => new Measurement<double>(
                (double)which((g.Sum(l => l.SpentUsd), g.Sum(l => l.ReservedUsd))),
                new("i2v.provider", g.Key.Provider),
                new("i2v.model", g.Key.Model))),
    ]);

    private static Measurement<T>[] Read<T>(Func<Measurement<T>[]> read)
        where T : struct
    {
        try
        {
            return read();
        }
        catch (I2VException)
        {
            // A library that can't be opened is told of by every call.
            return [];
        }
    }
}

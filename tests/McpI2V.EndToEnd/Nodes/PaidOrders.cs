namespace McpI2V.EndToEnd.Nodes;

/// <summary>Paid clips that are ordered of a node, by batches, of a vendor that is quick.</summary>
internal static class PaidOrders
{
    /// <summary>The simulated vendor whose clips they are.</summary>
    public const string Vendor = "Fal";

    /// <summary>What a node is set to for them.</summary>
    public static (string, string)[] Settings(SimulatedProviders simulators) =>
    [
        .. simulators.Settings(Vendor),
        ("I2V__Providers__Fal__MaxConcurrent", "8"),
        ("I2V__Providers__Fal__PollSeconds", "0.1"),
    ];

    /// <summary>Starts the vendor: its clips are small.</summary>
    public static Task<SimulatedProviders> StartVendorAsync() =>
        SimulatedProviders.StartAsync(jobSeconds: 3, shortSide: 96, longestSeconds: 0.5, burnsWords: false);

    /// <summary>Orders so many; ten at least, and a multiple of it.</summary>
    /// <param name="node">Who is asked.</param>
    /// <param name="photo">The still.</param>
    /// <param name="jobs">How many.</param>
    /// <param name="from">The number of the first: another order's are others.</param>
    public static async Task PlaceAsync(Assistant node, string photo, int jobs, int from = 0)
    {
        // A batch has at most 200.
        for (var first = from; first < from + jobs; first += 200)
        {
            var count = Math.Min(200, from + jobs - first);
            (await node.CallAsync("batch_variants", new
            {
                name = $"paid from {first}",
                images = new[] { photo },
                prompts = Enumerable.Range(first, count / 10).Select(i => $"slow push in {i}").ToArray(),
                takes = 10,
                models = new[] { "fal:fal-ai/wan-i2v" },
                limit = count,
                wait_seconds = 0,
            })).ShouldSucceed();
        }
    }

    /// <summary>Waits until so many jobs are over.</summary>
    public static Task EndedAsync(TestLibrary library, int count) => Eventually.IsSoAsync(
        () => LibraryAudit.Jobs(library).Count(ThreeWitnesses.IsOver) >= count,
        $"{count} jobs are over");
}

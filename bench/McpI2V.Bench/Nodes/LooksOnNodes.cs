using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;
using McpI2V.Servers;

namespace McpI2V.Bench.Nodes;

/// <summary>
/// Twenty thousand jobs at a vendor, as a dead node left them, looked after by one node and by three: looks a second and how late they are.
/// </summary>
internal static class LooksOnNodes
{
    private const int Jobs = 20_000;
    private const double PollSeconds = 20;
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(90);

    public static async Task RunAsync(string root)
    {
        using var server = new PostgresServer();
        var one = await LooksAsync(root, server, 1);
        var three = await LooksAsync(root, server, 3);
        Sample.Say($"three nodes against one: {Sample.Number(three.ASecond / one.ASecond)} times the looks a second, " +
            $"{Sample.Number(three.Late / one.Late)} times the median lateness");
    }

    private static async Task<(double ASecond, double Late)> LooksAsync(string root, PostgresServer server, int count)
    {
        using var simulators = Simulators.Start(root, jobSeconds: 1000, places: 2 * Jobs);
        simulators.Post($"/_sim/seed/fal?count={Jobs}&prefix=seed-");
        var library = server.NewLibrary();
        long accepted;
        using (var source = new PostgresSource(
            new PostgresOptions(new SettingsSection("Storage", key => key == "Storage:Postgres" ? library : null)),
            TimeProvider.System))
        {
            accepted = InFlight.Seed(new LibraryDatabase(source), Jobs);
        }
        using var cluster = Cluster.Start(root, count, library, simulators.Fal("", root, PollSeconds, 2 * Jobs));
        Parallel.ForEach(cluster.Nodes, node => node.Call("check_job", new { id = "job-1", wait_seconds = 0 }));
        await Task.Delay(Watch);
        var memory = cluster.Nodes.Max(n => Sample.ResidentKilobytes(n.ProcessId)) / 1024;
        var (seen, late) = InFlight.Looks(simulators, accepted, PollSeconds);
        var (first, last) = (seen.SelectMany(l => l).Min(), seen.SelectMany(l => l).Max());
        var aSecond = seen.Sum(l => l.Count) * 1000.0 / (last - first);
        Sample.Say($"{count} {(count == 1 ? "node" : "nodes")}: {seen.Count(l => l.Count > 0)} of {Jobs} jobs looked after, " +
            $"{Sample.Number(aSecond, "0")} looks a second, late by {Sample.Number(Sample.Median(late), "0.000")} s (median), " +
            $"{Sample.Number(late[late.Count * 99 / 100], "0.000")} s (99 of 100); {memory} MB resident at most");
        return (aSecond, Sample.Median(late));
    }
}

using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Bench;

/// <summary>check_job and list_models over stdio on a library of 10,000 assets, and what an idle server weighs.</summary>
internal static class LargeLibrary
{
    private const int Assets = 10_000;
    private const int Rounds = 200;

    public static async Task RunAsync(string root)
    {
        var program = Path.Combine(root, ".build", "program", "mcp-i2v");
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        Fill(home);
        using var rpc = Rpc.Start(program, "serve", ("I2V_HOME", home), ("I2V__Inputs__Roots", Path.Combine(root, "samples")));
        rpc.Initialize();
        rpc.Call(
            "generate_still",
            new { prompt = "bench", from = new[] { Path.Combine(root, "samples", "bottle.jpg") }, aspect_ratio = "9:16", size = "720p" });
        var ping = Median(() => rpc.Request("ping", "{}"));
        var check = Median(() => rpc.Call("check_job", new { id = "job-1" }));
        var list = Median(() => rpc.Call("list_models", new { }));
        await Task.Delay(TimeSpan.FromSeconds(8));
        Sample.Say($"{Assets} assets, medians of {Rounds} over stdio: ping {Sample.Number(ping)} ms, check_job {Sample.Number(check)} " +
            $"ms, list_models {Sample.Number(list)} ms (under 3 ms); check_job to ping {Sample.Number(check / ping, "0.0")}, idle RSS " +
            $"after all that {Sample.ResidentKilobytes(rpc.ProcessId) / 1024} MB (under 100)");
        using var idle = Rpc.Start(program, "serve", ("I2V_HOME", home));
        idle.Initialize();
        idle.Request("tools/list", "{}");
        await Task.Delay(TimeSpan.FromSeconds(5));
        Sample.Say($"idle RSS of a server that only listed its tools: {Sample.ResidentKilobytes(idle.ProcessId) / 1024} MB");
        rpc.Dispose();
        idle.Dispose();
        Directory.Delete(home, recursive: true);
    }

    private static double Median(Action call) =>
        Sample.Median(Enumerable.Range(0, Rounds + 20).Select(_ => Sample.Milliseconds(call)).Skip(20));

    /// <summary>Makes a library of that many rows.</summary>
    public static void Fill(string home)
    {
        var database = new LibraryDatabase(new SqliteSource(new LibraryOptions { Home = home }));
        database.Write(session =>
        {
            for (var i = 0; i < Assets; i++)
            {
                var handle = AssetStore.NextHandle(session, MediaKind.Clip);
                AssetStore.Insert(session, new Asset
                {
                    Handle = handle,
                    File = MediaNames.NameFor(handle, "push in", ".mp4", TimeProvider.System.GetUtcNow()),
                    Format = MediaFormat.Mp4,
                    Size = new PixelSize(1080, 1920),
                    Duration = TimeSpan.FromSeconds(5),
                    FramesPerSecond = 30,
                    Bytes = 1_000_000,
                    Sha256 = $"{i:x64}",
                    Title = "push in",
                    Operation = "animate",
                    Model = "local:camera",
                    Prompt = "slow push in",
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                });
            }
            return true;
        });
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}

using System.Security.Cryptography;

namespace McpI2V.Bench;

/// <summary>Ten platforms at once, against each distinct file of theirs by itself, in a library that has none of them.</summary>
internal static class Exports
{
    private static readonly string[] Ten =
        ["tiktok", "reels", "shorts", "stories", "snapchat", "meta_feed", "pinterest", "linkedin", "x", "youtube"];

    public static Task RunAsync(string root)
    {
        var (together, files) = Export(root, [Ten]);
        var distinct = Ten.Zip(files, (name, file) => (name, file)).DistinctBy(f => f.file).Select(f => new[] { f.name }).ToArray();
        var (alone, _) = Export(root, distinct);
        Sample.Say($"{Ten.Length} platforms at once {Sample.Number(together, "0.0")} s, their {distinct.Length} distinct files one by " +
            $"one {Sample.Number(alone, "0.0")} s, ratio {Sample.Number(together / alone)} (at most 1)");
        return Task.CompletedTask;
    }

    private static (double Seconds, List<string> Files) Export(string root, string[][] calls)
    {
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        using var rpc = Rpc.Start(
            Path.Combine(root, ".build", "program", "mcp-i2v"),
            "serve",
            ("I2V_HOME", home),
            ("I2V__Inputs__Roots", Path.Combine(root, "samples")));
        rpc.Initialize();
        rpc.Call("animate_image", new { image = Path.Combine(root, "samples", "bottle.jpg"), camera = "push_in", wait_seconds = 300 });
        List<string> files = [];
        var elapsed = Sample.Milliseconds(() =>
        {
            foreach (var platforms in calls)
            {
                var made = rpc.Call("export_clip", new { clip = "clip-1", platforms, wait_seconds = 300 })["structuredContent"]!;
                files.AddRange((made["batch"]?["variants"] ?? made["assets"])!.AsArray().Select(v => v!["path"]!.GetValue<string>()));
            }
        });
        List<string> hashes = [.. files.Select(f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))))];
        rpc.Dispose();
        Directory.Delete(home, recursive: true);
        return (elapsed / 1000, hashes);
    }
}

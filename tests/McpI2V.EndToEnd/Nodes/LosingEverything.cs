using System.Globalization;
using System.Text.RegularExpressions;
using McpI2V.Servers;

namespace McpI2V.EndToEnd.Nodes;

/// <summary>The commands of <c>docs/backup.md</c>, as they stand there, against servers that are lost with all they hold.</summary>
public sealed partial class LosingEverything
{
    [Fact]
    public async Task What_was_saved_is_restored_to_other_servers_file_by_file()
    {
        var (save, restore) = Commands();
        var backup = Directory.CreateTempSubdirectory("i2v-backup-").FullName;
        List<string> files;
        decimal spent;
        string schema;
        string prefix;
        await using var simulators = await SimulatedProviders.StartAsync(shortSide: 96, longestSeconds: 0.5, burnsWords: false);
        using (var database = new PostgresServer())
        using (var store = new S3Server())
        using (var library = new TestLibrary(server: database, store: store))
        {
            await using (var assistant = await Assistant.StartAsync(library, simulators.Settings("Fal")))
            {
                var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
                var made = (await assistant.CallAsync("animate_image", new
                {
                    image = photo,
                    prompt = "slow push in",
                    model = "fal:fal-ai/wan-i2v",
                    wait_seconds = 60,
                })).ShouldSucceed();
                (await assistant.CallAsync("edit_clip", new
                {
                    clip = made.Handle,
                    operations = new object[] { new { op = "text", text = "New" } },
                    wait_seconds = 60,
                })).ShouldSucceed();
            }
            (files, spent) = (await FilesAsync(library), LibraryAudit.Settled(library));
            (schema, prefix) = (library.Database!, library.Objects!["Prefix"]);
            await RunAsync(save, backup, database, store, prefix, library);
        }
        Assert.Equal(3, files.Count);

        using var otherDatabase = new PostgresServer();
        using var otherStore = new S3Server();
        using var restored = TestLibrary.At(
            schema.Replace(Port().Match(schema).Value, $"Port={otherDatabase.Port}", StringComparison.Ordinal),
            new Dictionary<string, string>(otherStore.NewLibrary()) { ["Prefix"] = prefix });
        var told = await RunAsync(restore, backup, otherDatabase, otherStore, prefix, restored);

        Assert.Contains("every file: 3 read, and hold what their rows say", told, StringComparison.Ordinal);
        Assert.DoesNotContain("FAULT", told, StringComparison.Ordinal);
        Assert.Equal(files, await FilesAsync(restored));
        Assert.Equal(spent, LibraryAudit.Settled(restored));
        await using var after = await Assistant.StartAsync(restored);
        var edited = await after.CallAsync("edit_clip", new
        {
            clip = "clip-1",
            operations = new object[] { new { op = "text", text = "Newer" } },
            wait_seconds = 60,
        });
        Assert.Equal("clip-3", edited.ShouldSucceed().Handle);
        Directory.Delete(backup, recursive: true);
    }

    [Fact]
    public async Task Rows_and_files_of_different_moments_are_told_apart()
    {
        using var library = new TestLibrary(onServer: false);
        await using (var assistant = await Assistant.StartAsync(library))
        {
            var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
            (await assistant.CallAsync("animate_image", new
            {
                image = photo,
                camera = new { move = "push_in" },
                duration_seconds = 1,
                resolution = "480p",
                wait_seconds = 60,
            })).ShouldSucceed();
        }
        var clip = library.MediaFiles.Single(f => Path.GetFileName(f).StartsWith("clip-1", StringComparison.Ordinal));
        var later = Path.Combine(Path.GetDirectoryName(clip)!, "clip-9-later.mp4");
        File.Move(clip, later);
        File.SetLastWriteTimeUtc(later, DateTime.UnixEpoch);

        var (code, said, _) = await Shell.RunAsync(
            Assistant.ProgramPath,
            "doctor --deep",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home });

        Assert.NotEqual(0, code);
        Assert.Matches(@"FAULT 1 files are missing: clip-1 \([0-9/]+clip-1[^)]*\)\. Copy them back", said);
        Assert.Matches(@"FAULT 1 files are in no row \([0-9.]+ MB\): [0-9/]+clip-9-later\.mp4\. ", said);
    }

    // The first block of the page's part about servers names them, as the test does by itself.
    private static (string Save, string Restore) Commands()
    {
        var page = File.ReadAllText(Path.Combine(Assistant.Root, "docs", "backup.md"));
        var part = page[page.IndexOf("## A library on servers", StringComparison.Ordinal)..];
        var blocks = Block().Matches(part).Select(m => m.Groups[1].Value).ToList();
        return (blocks[1], blocks[2]);
    }

    private static async Task<string> RunAsync(
        string commands,
        string folder,
        PostgresServer database,
        S3Server store,
        string prefix,
        TestLibrary library)
    {
        var script = Path.Combine(folder, "commands.sh");
        await File.WriteAllTextAsync(
            script,
            "set -euo pipefail\n" + commands.Replace("./i2v", Assistant.ProgramPath, StringComparison.Ordinal));
        var (code, said, error) = await Shell.RunAsync("bash", $"-c \"cd '{folder}' && bash '{script}'\"", new Dictionary<string, string>
        {
            ["PGHOST"] = "127.0.0.1",
            ["PGPORT"] = database.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = "postgres",
            ["PGDATABASE"] = "postgres",
            ["RCLONE_CONFIG_STORE_TYPE"] = "s3",
            ["RCLONE_CONFIG_STORE_PROVIDER"] = "Other",
            ["RCLONE_CONFIG_STORE_ENDPOINT"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{store.Port}"),
            ["RCLONE_CONFIG_STORE_ACCESS_KEY_ID"] = S3Server.Key,
            ["RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY"] = S3Server.Key,
            // rclone does not start where a bundle of certificates is named this way, and needs none here.
            ["AWS_CA_BUNDLE"] = "",
            ["FILES"] = $"store:{S3Server.Bucket}/{prefix}",
            ["I2V_HOME"] = library.Home,
        });
        Assert.True(code == 0, said + error);
        return said;
    }

    // Each asset with the hash of what the store gives out for it.
    private static async Task<List<string>> FilesAsync(TestLibrary library)
    {
        await using var assistant = await Assistant.StartAsync(library);
        var found = (await assistant.CallAsync("find_assets", new { })).ShouldSucceed();
        return [.. found.Structured["assets"]!.AsArray().Select(a => $"{a!["handle"]} {a["sha256"]} {a["path"]}").Order()];
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("Port=[0-9]+")]
    private static partial Regex Port();
}

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace McpI2V.EndToEnd.Http;

/// <summary>
/// Ten callers at once, honest and hostile calls mixed, for a few seconds or, with <c>I2V_SOAK_SECONDS=3600</c>, for an hour:
/// what the server holds at the end is what it held at the start.
/// </summary>
public sealed class Soak(ITestOutputHelper output)
{
    private const int Callers = 10;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(double.TryParse(
        Environment.GetEnvironmentVariable("I2V_SOAK_SECONDS"),
        CultureInfo.InvariantCulture,
        out var seconds)
        ? seconds
        : 6);

    [Fact]
    public async Task What_ten_callers_do_leaves_nothing_behind()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 0.5, shortSide: 96, longestSeconds: 0.5);
        using var library = new TestLibrary();
        var photo = "data:image/jpeg;base64," +
            Convert.ToBase64String(await File.ReadAllBytesAsync(await TestMedia.StillAsync(library, width: 360, height: 640)));
        await using var server = await HttpServer.StartAsync(
            library,
            "",
            [.. simulators.Settings("Runway", "Fal"), ("I2V__Http__RequestsPerMinute", "100000")]);
        var home = new Dictionary<string, string> { ["I2V_HOME"] = library.Home };
        List<string> tokens = [];
        for (var i = 0; i < Callers; i++)
        {
            tokens.Add((await Shell.RunAsync(Assistant.ProgramPath, $"token create caller{i}", home)).Output.Trim());
        }
        // Warm: what is loaded once is no leak.
        await Task.WhenAll(tokens.Select((t, i) => CallAsync(server, t, photo, new Random(i), TimeSpan.FromSeconds(2))));
        await QuietAsync(library);
        var before = Held.By(server.ProcessId, library);

        var calls = (await Task.WhenAll(tokens.Select((t, i) => CallAsync(server, t, photo, new Random(100 + i), Length)))).Sum();
        await QuietAsync(library);
        var after = Held.By(server.ProcessId, library);

        output.WriteLine($"{calls} calls by {Callers} callers in {Length.TotalSeconds:0} s");
        output.WriteLine("                 start       end");
        foreach (var (name, start, end) in before.Beside(after))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {start,9} {end,9}"));
        }
        Assert.True(calls > Callers, "they called");
        Assert.Equal(0, after.Children);
        Assert.Equal(0, after.TemporaryFiles);
        Assert.Equal(0, after.AnswersKept);
        Assert.Equal(0, after.OpenJobs);
        Assert.True(after.Handles <= before.Handles + 60, $"{before.Handles} handles have become {after.Handles}");
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    // Until what was asked for is over.
    private static async Task QuietAsync(TestLibrary library)
    {
        // On a machine that is slow it takes its time, as long as it goes on.
        for (var (open, before) = (Open(), int.MaxValue); open.Count > 0; (open, before) = (Open(), open.Count))
        {
            Assert.True(open.Count < before, $"{open.Count} jobs lie still: {string.Join(", ", open.Take(10))}");
            await Task.WhenAny(Eventually.IsSoAsync(() => Open().Count < open.Count, "jobs go on"));
        }
        await Eventually.IsSoAsync(() => library.TemporaryFiles.Count == 0, "what was temporary is gone");

        List<string> Open() => [.. LibraryAudit.Jobs(library)
            .Where(j => j.State is not ("succeeded" or "failed" or "canceled" or "unconfirmed"))
            .Select(j => $"{j}")];
    }

    private static async Task<int> CallAsync(HttpServer server, string token, string photo, Random random, TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var calls = 0;
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            if (random.Next(3) == 0)
            {
                await AttackAsync(server, token, random);
                calls++;
                continue;
            }
            await using var client = await server.ConnectAsync(random.Next(2) == 0 ? "2026-07-28" : "2025-06-18", token);
            for (var i = 0; i < 4; i++, calls++)
            {
                var (tool, arguments) = Honest(photo, random);
                await client.CallToolAsync(tool, arguments.ToDictionary(a => a.Key, a => (object?)a.Value));
            }
        }
        return calls;
    }

    private static (string Tool, Dictionary<string, object> Arguments) Honest(string photo, Random random) => random.Next(6) switch
    {
        0 => ("animate_image", new()
        {
            ["image"] = photo,
            ["prompt"] = "push in",
            ["model"] = random.Next(2) == 0 ? "gen-4.5" : "kling-3",
            ["approve_usd"] = 100,
            ["seed"] = random.Next(100_000),
            ["wait_seconds"] = 20,
        }),
        1 => ("generate_still", new()
        {
            ["prompt"] = "x",
            ["from"] = new[] { photo },
            ["model"] = "local-still",
            ["options"] = new { look = "warm" },
            ["wait_seconds"] = 10,
        }),
        2 => ("animate_image", new()
        {
            ["image"] = photo,
            ["model"] = "local-camera",
            ["camera"] = "push_in",
            ["duration_seconds"] = 1,
            ["resolution"] = "480p",
            ["quality"] = "draft",
            ["seed"] = random.Next(100_000),
            ["wait_seconds"] = 20,
        }),
        3 => ("find_assets", new() { ["query"] = "push%_", ["limit"] = 5 }),
        4 => ("check_job", new() { ["id"] = $"job-{random.Next(1, 30)}" }),
        _ => ("cancel_job", new() { ["id"] = $"job-{random.Next(1, 60)}" }),
    };

    private static async Task AttackAsync(HttpServer server, string token, Random random)
    {
        var body = random.Next(6) switch
        {
            0 => """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":"text"}""",
            1 => """{"jsonrpc":"2.0","id":1,"id":2,"method":"tools/list"}""",
            2 => """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find_assets","arguments":{"query":"\ud800"}}}""",
            3 => string.Concat(Enumerable.Repeat("[", 5000)),
            4 => Still("data:image/png;base64," + Convert.ToBase64String(Noise(random, 5000))),
            _ => Still(new string('/', random.Next(3000)) + "etc/passwd"),
        };
        try
        {
            await server.SendAsync(
                HttpMethod.Post,
                "mcp",
                Encoding.UTF8.GetBytes(body),
                [
                    ("Authorization", random.Next(4) == 0 ? "Bearer wrong" : "Bearer " + token),
                    ("MCP-Protocol-Version", "2026-07-28"),
                    ("Mcp-Method", "tools/call"),
                    ("Mcp-Name", "generate_still"),
                ]);
        }
        catch (HttpRequestException)
        {
            // Cut off: also an answer.
        }
    }

    private static string Still(string from) => """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"generate_still","arguments":{"prompt":"x","from":[""" + $"\"{from}\"" + "]}}}";

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. bytes];
    }

    private sealed record Held(
        long MemoryMegabytes,
        int Handles,
        int Children,
        long Rows,
        int TemporaryFiles,
        int AnswersKept,
        int OpenJobs)
    {
        public static Held By(int server, TestLibrary library)
        {
            var answers = Path.Combine(library.Home, ".answers");
            return new Held(
                Process.GetProcessById(server).WorkingSet64 / 1_000_000,
                Directory.Exists($"/proc/{server}/fd") ? Directory.GetFiles($"/proc/{server}/fd").Length : 0,
                Assistant.FfmpegIn(library).Count,
                RowsOf(library),
                library.TemporaryFiles.Count,
                Directory.Exists(answers) ? Directory.GetFiles(answers).Length : 0,
                LibraryAudit.Jobs(library).Count(j => j.State is not ("succeeded" or "failed" or "canceled")));
        }

        public IEnumerable<(string Name, long Start, long End)> Beside(Held end) =>
        [
            ("memory MB", MemoryMegabytes, end.MemoryMegabytes),
            ("handles", Handles, end.Handles),
            ("children", Children, end.Children),
            ("rows", Rows, end.Rows),
            ("temp files", TemporaryFiles, end.TemporaryFiles),
            ("answers", AnswersKept, end.AnswersKept),
            ("open jobs", OpenJobs, end.OpenJobs),
        ];

        private static long RowsOf(TestLibrary library) => LibraryAudit.Number(
            library,
            "SELECT (SELECT COUNT(*) FROM jobs) + (SELECT COUNT(*) FROM assets) + (SELECT COUNT(*) FROM idempotency_keys) + " +
                "(SELECT COUNT(*) FROM followed_calls) + (SELECT COUNT(*) FROM uploads) + (SELECT COUNT(*) FROM ledger)");
    }
}

using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Http;

public sealed class HostilePictures(ITestOutputHelper output)
{
    private const long MostMemory = 600_000_000;
    // Two seconds are what is promised on a quiet machine, and what is printed; this only tells an answer from a hang.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_hundred_at_once_take_little_memory_and_keep_nobody_waiting()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        var other = (await Shell.RunAsync(
            Assistant.ProgramPath,
            "token create hostile --scope use",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home })).Output.Trim();
        await using var honest = await server.ConnectAsync("2026-07-28");
        await using var hostile = await server.ConnectAsync("2026-07-28", other);
        var photo = Convert.ToBase64String(await File.ReadAllBytesAsync(await TestMedia.StillAsync(library)));
        var job = ToolAnswer.FromResult(await CallAsync(
            honest,
            "generate_still",
            new() { ["prompt"] = "a cup", ["aspect_ratio"] = "1:1", ["from"] = new[] { "data:image/jpeg;base64," + photo } }))
            .ShouldSucceed()
            .Job;
        var pictures = Enumerable.Range(0, 100).Select(Hostile).ToList();
        Assert.All(pictures, p => Assert.InRange(p.Length, 1, 110_000));

        var attack = Task.WhenAll(pictures.Select(p => CallAsync(
            hostile,
            "save_element",
            new() { ["name"] = "x", ["description"] = "x", ["images"] = new[] { "data:image/png;base64," + Convert.ToBase64String(p) } })));
        var (most, own, slowest, looks) = (0L, 0L, TimeSpan.Zero, 0);
        var watching = Task.Run(() => Eventually.LookUntilOverAsync(attack, () =>
        {
            var (all, mine) = ResidentMemory(server.ProcessId);
            (most, own) = (Math.Max(most, all), Math.Max(own, mine));
            return Task.CompletedTask;
        }));
        await Eventually.LookUntilOverAsync(attack, async () =>
        {
            var asked = Stopwatch.GetTimestamp();
            ToolAnswer.FromResult(await CallAsync(honest, "check_job", new() { ["id"] = job })).ShouldSucceed();
            var took = Stopwatch.GetElapsedTime(asked);
            (slowest, looks) = (took > slowest ? took : slowest, looks + 1);
        });
        await watching;

        var answers = (await attack).Select(ToolAnswer.FromResult).ToList();
        output.WriteLine($"server and children: {most / 1_000_000} MB at most, the server alone {own / 1_000_000} MB; " +
            $"check_job: {slowest.TotalMilliseconds:0} ms at most of {looks}; refused {answers.Count(a => a.IsError)} of {answers.Count}");
        Assert.Equal(90, answers.Count(a => a.Code == "media_unreadable"));
        Assert.InRange(most, 1, MostMemory);
        Assert.InRange(slowest, TimeSpan.Zero, Soon);
        Assert.True(looks > 3, $"the attack lasted: {looks}");
    }

    private static async Task<ModelContextProtocol.Protocol.CallToolResult> CallAsync(
        McpClient client,
        string tool,
        Dictionary<string, object?> arguments) => await client.CallToolAsync(tool, arguments);

    // Three kinds of bomb in what goes with a picture, and a picture that is honest but as large as any may be.
    private static byte[] Hostile(int number) => (number % 10) switch
    {
        9 => Png(8192, 8192, number, "tEXt", "a\0b"u8.ToArray()),
        0 or 3 or 6 => Png(64, 64, number, "zTXt", [.. "Comment\0\0"u8, .. Zeros(90_000_000)]),
        1 or 4 or 7 => Png(64, 64, number, "iTXt", [.. "Comment\0\u0001\0\0\0"u8, .. Zeros(90_000_000)]),
        _ => Png(64, 64, number, "iCCP", [.. "sRGB\0\0"u8, .. Zeros(90_000_000)]),
    };

    private static byte[] Png(int width, int height, int number, string name, byte[] content)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk(
                "tEXt",
                Encoding.ASCII.GetBytes($"n\0{number}")), .. Chunk(name, content),
            .. Chunk("IDAT", Zeros((width + 1L) * height)), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), TestMedia.Crc(chunk.AsSpan(4, content.Length + 4)));
        return chunk;
    }

    private static byte[] Zeros(long count)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            var some = new byte[1 << 20];
            for (var left = count; left > 0; left -= some.Length)
            {
                deflate.Write(some, 0, (int)Math.Min(left, some.Length));
            }
        }
        return packed.ToArray();
    }

    private static (long All, long Own) ResidentMemory(int process)
    {
        var program = Program(process);
        List<int> all = [process];
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var task in Try(() => Directory.GetDirectories($"/proc/{all[i]}/task")) ?? [])
            {
                all.AddRange((Try(() => File.ReadAllText(Path.Combine(task, "children"))) ?? "")
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(int.Parse));
            }
        }
        // A child that has not begun its own program yet is still looking at the server's memory.
        return (all.Where(p => p == process || Program(p) != program).Sum(Memory), Memory(process));
    }

    private static long Memory(int process) => long.Parse(
        (Try(() => File.ReadAllText($"/proc/{process}/statm")) ?? "0 0").Split(' ')[1],
        CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    private static string? Program(int process) => Try(() => new FileInfo($"/proc/{process}/exe").LinkTarget!);

    // A process may end while it is looked at.
    private static T? Try<T>(Func<T> look)
        where T : class
    {
        try
        {
            return look();
        }
        catch (IOException)
        {
            return null;
        }
    }
}

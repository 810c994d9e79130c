using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using McpI2V.Media.Processes;

namespace McpI2V.Media.Tests.Processes;

public sealed partial class ChildrenWithLess
{
    public ChildrenWithLess() => Assert.SkipUnless(OperatingSystem.IsLinux(), "what is taken from children differs by system");

    [Fact]
    public async Task A_child_reaches_no_network_unless_it_is_left_to_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var script = $"exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port} && echo reached";

        var (confined, _) = await RunAsync(script);
        var (open, _) = await RunAsync(script, withNetwork: true);

        Assert.DoesNotContain("reached", confined, StringComparison.Ordinal);
        Assert.Contains("reached", open, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_thread_that_starts_children_has_given_up_the_network()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => RunAsync("true"))));

        var confined = Directory.GetDirectories("/proc/self/task")
            .Where(t => ReadOrNothing(Path.Combine(t, "status")).Contains("Seccomp:\t2", StringComparison.Ordinal))
            .ToList();

        Assert.Single(confined);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => new Socket(SocketType.Stream, ProtocolType.Tcp).Dispose())));
    }

    [Fact]
    public async Task A_child_has_its_bounds()
    {
        var (limits, _) = await RunAsync("read go; cat /proc/self/limits", new ChildLimits(300_000_000, 5_000_000));

        foreach (var line in new[]
        {
            @"Max data size +300000000 +300000000",
            @"Max file size +5000000 +5000000",
            @"Max core file size +0 +0",
            @"Max open files +1024 +1024",
            @"Max cpu time +\d+",
        })
        {
            Assert.Matches(line, limits);
        }
    }

    [Fact]
    public async Task A_child_that_wants_more_memory_ends()
    {
        var (output, result) = await RunAsync(
            "read go; x=$(head -c 200000000 /dev/zero | tr '\\0' a); echo ${#x}",
            new ChildLimits(100_000_000, 0));

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("200000000", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_inherits_no_handle_whoever_left_it_open()
    {
        var left = Duplicate(0);
        Assert.True(left > 2);

        var (handles, _) = await RunAsync("for f in /proc/$$/fd/*; do echo ${f##*/} $(readlink $f); done");

        Assert.DoesNotContain($"\n{left} ", "\n" + handles, StringComparison.Ordinal);
        Assert.All(
            handles.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(h => int.Parse(h.Split(' ')[0]) > 2),
            h => Assert.DoesNotContain("socket", h, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_child_that_has_ended_leaves_no_handle_open()
    {
        await RunAsync("true");
        Assert.True(GC.TryStartNoGCRegion(100_000_000), "nothing is collected, so what is left open stays open");
        try
        {
            var before = Directory.GetFiles("/proc/self/fd").Length;
            for (var i = 0; i < 50; i++)
            {
                await RunAsync("true");
            }
            Assert.InRange(Directory.GetFiles("/proc/self/fd").Length - before, -20, 20);
        }
        finally
        {
            if (System.Runtime.GCSettings.LatencyMode == System.Runtime.GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }
        }
    }

    [Fact]
    public async Task A_report_that_does_not_end_ends_its_child()
    {
        var request = Request("yes", ChildLimits.Probe) with
        {
            Drain = (_, _) => throw new MediaException(MediaFault.Unreadable, "enough"),
        };

        var e = await Assert.ThrowsAsync<MediaException>(() => ChildProcess.RunAsync(request, CancellationToken.None));

        Assert.Equal("enough", e.Message);
    }

    private static async Task<(string Output, ChildProcessResult Result)> RunAsync(
        string script,
        ChildLimits? limits = null,
        bool withNetwork = false)
    {
        using var bytes = new MemoryStream();
        var request = Request(script, limits ?? ChildLimits.Probe) with
        {
            Drain = (output, token) => output.CopyToAsync(bytes, token),
            WithNetwork = withNetwork,
        };
        var result = await ChildProcess.RunAsync(request, CancellationToken.None);
        return (Encoding.UTF8.GetString(bytes.ToArray()), result);
    }

    // A line on its input tells the child that its bounds are set.
    private static ChildProcessRequest Request(string script, ChildLimits limits) => new()
    {
        FileName = "/bin/bash",
        Arguments = ["-c", script],
        Limits = limits,
        Feed = (input, token) => input.WriteAsync("go\n"u8.ToArray(), token).AsTask(),
        Timeout = TimeSpan.FromSeconds(60),
    };

    private static string ReadOrNothing(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // A thread that has ended.
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int handle);
}

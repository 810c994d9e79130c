using System.Diagnostics;
using System.Globalization;
using System.Text;
using McpI2V.Media.Processes;

namespace McpI2V.Media.Tests.Processes;

/// <summary>A child gets what it is given and nothing else, and always ends with its call.</summary>
public sealed class RunningAChild : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("i2v-child-").FullName;

    public RunningAChild() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the children are shell scripts");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task How_it_ended_and_the_end_of_what_it_said_are_told()
    {
        var result = await ChildProcess.RunAsync(
            Shell("head -c 1000000 /dev/zero | tr '\\0' x >&2; echo; echo the end >&2; exit 7"),
            CancellationToken.None);

        Assert.Equal((7, false), (result.ExitCode, result.TimedOut));
        Assert.EndsWith("xthe end\n", result.ErrorTail, StringComparison.Ordinal);
        Assert.InRange(result.ErrorTail.Length, 1_000, 20_000);
    }

    [Fact]
    public async Task One_that_is_gone_before_it_is_recorded_is_told_as_any_other()
    {
        await Parallel.ForAsync(0, 300, async (_, token) =>
        {
            var result = await ChildProcess.RunAsync(Shell("kill -9 $$") with { WorkingDirectory = folder }, token);

            Assert.Equal(128 + 9, result.ExitCode);
        });

        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Arguments_reach_it_letter_for_letter()
    {
        string[] given = ["two words", "$(id)", "a'b\"c", "*", "", "-x", "ü\n"];

        var output = await OutputAsync(Shell("for a in \"$@\"; do printf '%s|' \"$a\"; done", given));

        Assert.Equal(string.Concat(given.Select(g => g + "|")), output);
    }

    [Fact]
    public async Task It_does_not_inherit_our_keys()
    {
        Environment.SetEnvironmentVariable("RUNNING_A_CHILD_API_KEY", "a-secret-key");

        var variables = await OutputAsync(Shell("env"));

        Assert.DoesNotContain("a-secret-key", variables, StringComparison.Ordinal);
        Assert.Contains("PATH=", variables, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Much_goes_in_and_out_at_once()
    {
        var bytes = new byte[8 << 20];
        Random.Shared.NextBytes(bytes);
        using var back = new MemoryStream();

        var result = await ChildProcess.RunAsync(
            Shell("exec cat") with
            {
                Feed = (input, token) => input.WriteAsync(bytes, token).AsTask(),
                Drain = (output, token) => output.CopyToAsync(back, token),
            },
            CancellationToken.None);

        Assert.Equal(0, result.ExitCode);
        Assert.True(bytes.AsSpan().SequenceEqual(back.ToArray()), "what came back is what went in");
    }

    [Fact]
    public async Task One_that_reads_nothing_is_no_fault_of_what_feeds_it()
    {
        var result = await ChildProcess.RunAsync(
            Shell("exec 0<&-; exit 3") with { Feed = (input, token) => input.WriteAsync(new byte[4 << 20], token).AsTask() },
            CancellationToken.None);

        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task What_fails_to_feed_it_ends_it_and_is_told()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => ChildProcess.RunAsync(
            Shell("exec sleep 600") with { Feed = (_, _) => throw new InvalidOperationException("no more frames") },
            CancellationToken.None));

        Assert.Equal("no more frames", e.Message);
    }

    [Fact]
    public async Task When_its_time_is_over_it_is_ended()
    {
        var result = await ChildProcess.RunAsync(
            Shell("exec sleep 600") with { Timeout = TimeSpan.FromMilliseconds(300) },
            CancellationToken.None);

        Assert.True(result.TimedOut, "it ran out of time");
    }

    [Fact]
    public async Task When_its_call_is_cancelled_it_and_its_own_children_are_ended()
    {
        using var call = new CancellationTokenSource();
        var grandchild = 0;
        var request = Shell("sleep 600 & echo $!; wait") with
        {
            Drain = async (output, token) =>
            {
                using var reader = new StreamReader(output, leaveOpen: true);
                grandchild = int.Parse((await reader.ReadLineAsync(token))!, CultureInfo.InvariantCulture);
                await call.CancelAsync();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ChildProcess.RunAsync(request, call.Token));

        Assert.True(grandchild > 0, "it had begun");
        // Killed it is; the system still takes a moment between closing a dead process's files and counting it as one.
        Assert.True(SpinWait.SpinUntil(() => IsGone(grandchild), TimeSpan.FromSeconds(30)), "what it had started is ended too");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told()
    {
        var e = await Assert.ThrowsAsync<MediaException>(() => ChildProcess.RunAsync(
            Shell("") with { FileName = "/nowhere/ffmpeg" },
            CancellationToken.None));

        Assert.Equal(MediaFault.ToolMissing, e.Fault);
    }

    [Fact]
    public async Task A_record_stands_beside_its_work_as_long_as_it_lives()
    {
        var during = await OutputAsync(Shell("read go; ls") with
        {
            WorkingDirectory = folder,
            Feed = (input, token) => input.WriteAsync("go\n"u8.ToArray(), token).AsTask(),
        });

        Assert.Matches(@"^[0-9]+\.child\n$", during);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task What_outlived_its_program_is_ended_by_the_next_and_nobody_else_is()
    {
        using var orphan = Process.Start("sleep", "600");
        using var stranger = Process.Start("sleep", "600");
        var below = Directory.CreateDirectory(Path.Combine(folder, "session", "work")).FullName;
        ChildRecord.Keep(orphan, below);
        // Its number was another's before.
        ChildRecord.Keep(stranger, below);
        await File.WriteAllTextAsync(Path.Combine(below, $"{stranger.Id}.child"), "20010101000000");
        await File.WriteAllTextAsync(Path.Combine(below, "x.child"), "no number");

        Assert.Equal(1, ChildRecord.EndOrphans(folder));

        Assert.True(orphan.HasExited, "the orphan is ended");
        Assert.False(stranger.HasExited, "who only has the same number is not");
        stranger.Kill();
        await stranger.WaitForExitAsync();
    }

    [Fact]
    public async Task One_whose_program_was_killed_before_it_could_record_it_is_ended_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the moment between start and record stays open");
        var session = Path.Combine(folder, "session");
        var below = Directory.CreateDirectory(Path.Combine(session, "work")).FullName;
        var run = ChildProcess.RunAsync(Shell("exec sleep 600") with { WorkingDirectory = below }, CancellationToken.None);
        using var stranger = Process.Start(new ProcessStartInfo("sleep", "600") { WorkingDirectory = below })!;
        string[] records = [];
        Assert.True(SpinWait.SpinUntil(
            () => (records = Directory.GetFiles(below, "*.child")) is [_] && File.ReadAllText(records[0]).Length > 0,
            TimeSpan.FromSeconds(30)));
        File.Delete(records[0]);

        Assert.Equal(1, ChildRecord.EndOrphans(session));

        Assert.NotEqual(0, (await run).ExitCode);
        Assert.False(stranger.HasExited, "who only stands in the same folder is not ours");
        stranger.Kill();
        await stranger.WaitForExitAsync();
    }

    [Fact]
    public async Task A_companion_talks_over_its_pipes()
    {
        using var companion = CompanionProcess.Start("/bin/sh", ["-c", "read said; echo \"you said $said\"; echo careful >&2"]);

        await companion.Input.WriteLineAsync("grüße");
        await companion.Input.FlushAsync();

        Assert.Equal("you said grüße", await companion.Output.ReadLineAsync());
        Assert.Equal("careful", await companion.Errors.ReadLineAsync());
        Assert.Equal(
            MediaFault.ToolMissing,
            Assert.Throws<MediaException>(() => CompanionProcess.Start("/nowhere/program", [])).Fault);
    }

    [Fact]
    public async Task A_companion_sees_its_input_end_when_it_is_let_go()
    {
        var sign = Path.Combine(folder, "sign");
        using (var make = Process.Start("mkfifo", sign))
        {
            await make.WaitForExitAsync();
        }
        var companion = CompanionProcess.Start("/bin/sh", ["-c", "cat >/dev/null; echo done > \"$0\"", sign]);

        companion.Dispose();

        // Opening the pipe waits for the one who writes it.
        Assert.Equal("done\n", await File.ReadAllTextAsync(sign));
    }

    private static async Task<string> OutputAsync(ChildProcessRequest request)
    {
        using var bytes = new MemoryStream();
        await ChildProcess.RunAsync(
            request with { Drain = (output, token) => output.CopyToAsync(bytes, token) },
            CancellationToken.None);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static ChildProcessRequest Shell(string script, params string[] arguments) => new()
    {
        FileName = "/bin/sh",
        Arguments = ["-c", script, "sh", .. arguments],
        Limits = ChildLimits.Probe,
        Timeout = TimeSpan.FromMinutes(2),
    };

    // Ended, though nobody may have asked after it yet.
    private static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}

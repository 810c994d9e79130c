using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Processes;
using McpI2V.Media.Stills;

namespace McpI2V.Media.Tests.Ffmpeg;

public sealed class RunningFfmpeg : IDisposable
{
    private readonly Workshop workshop = new();

    public void Dispose() => workshop.Dispose();

    [Fact]
    public async Task A_render_tells_how_far_it_is_and_never_goes_back()
    {
        var clip = await workshop.MakeAsync(
            "clip.mp4", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=30:d=20", "-c:v", "libx264", "-preset", "ultrafast");
        var told = new Told();

        await workshop.Ffmpeg.RenderAsync(
            Copying(clip, TimeSpan.FromSeconds(20)),
            workshop.At("out.mp4"),
            workshop.Work with { Progress = told },
            feed: null,
            CancellationToken.None);

        Assert.NotEmpty(told.Values);
        Assert.Equal(told.Values.Order(), told.Values);
        Assert.InRange(told.Values[0], 0, 1);
        Assert.InRange(told.Values[^1], 0.9, 1);
    }

    [Fact]
    public async Task What_is_fed_is_what_is_rendered_and_what_is_read_is_the_result()
    {
        var command = new FfmpegCommand();
        command.RawFrames(new(64, 64), framesPerSecond: 10);
        command.Graph("[0:v]null[o]").Output("-map", "[o]", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        var white = new byte[64 * 64 * 3 / 2];
        Array.Fill(white, (byte)235, 0, 64 * 64);
        Array.Fill(white, (byte)128, 64 * 64, 64 * 64 / 2);

        await workshop.Ffmpeg.RenderAsync(
            command,
            workshop.At("white.mp4"),
            workshop.Work,
            async (input, token) =>
            {
                for (var i = 0; i < 20; i++)
                {
                    await input.WriteAsync(white, token);
                }
            },
            CancellationToken.None);

        (await workshop.LookAsync(workshop.At("white.mp4"))).ShouldShow("#ffffff", 0.5, 0.5);
        var look = new FfmpegCommand();
        look.File(workshop.At("white.mp4"), MediaFormat.Mp4);
        look.Output("-f", "rawvideo", "-pix_fmt", "gray");
        Assert.Equal(20 * 64 * 64, (await workshop.Ffmpeg.ReadAsync(look, workshop.Work, CancellationToken.None)).Length);
    }

    [Fact]
    public async Task A_file_that_is_another_than_it_was_said_to_be_opens_nothing()
    {
        // A playlist that would have another file read, under a picture's and a clip's name.
        await File.WriteAllTextAsync(workshop.At("list.jpg"), "ffconcat version 1.0\nfile '/etc/passwd'\n");

        foreach (var format in new[] { MediaFormat.Jpeg, MediaFormat.Mp4 })
        {
            var command = new FfmpegCommand();
            command.File(workshop.At("list.jpg"), format);
            command.Output("-f", "rawvideo");

            var e = await Assert.ThrowsAsync<MediaException>(
                () => workshop.Ffmpeg.ReadAsync(command, workshop.Work, CancellationToken.None));

            Assert.Equal(MediaFault.Unreadable, e.Fault);
            Assert.DoesNotContain("root:", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_disk_without_room_is_told_as_that()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs a device that is always full");
        var still = await workshop.FieldsAsync("still.jpg", 400, 400, "red");

        var e = await Assert.ThrowsAsync<MediaException>(() => new StillFitter(workshop.Ffmpeg).RenderAsync(
            still,
            new(400, 400),
            keepAlpha: false,
            "/dev/full",
            workshop.Work,
            CancellationToken.None));

        Assert.Equal(MediaFault.StorageFull, e.Fault);
    }

    [Theory]
    [InlineData("echo 'Disk quota exceeded' >&2; exit 1", MediaFault.StorageFull, "disk is full")]
    [InlineData("echo 'out.mp4: Read-only file system' >&2; exit 1", MediaFault.StorageFull, "I2V_HOME")]
    [InlineData("echo 'out.mp4: Permission denied' >&2; exit 1", MediaFault.StorageFull, "I2V_HOME")]
    [InlineData("echo 'Cannot allocate memory' >&2; exit 1", MediaFault.Unreadable, "memory")]
    [InlineData("exit 152", MediaFault.ToolFailed, "worked longer")]
    [InlineData("exit 153", MediaFault.ToolFailed, "a longer file")]
    [InlineData("kill -9 $$", MediaFault.ToolFailed, "stopped from outside")]
    [InlineData("echo 'Invalid data found' >&2; exit 187", MediaFault.ToolFailed, "stopped from outside")]
    [InlineData("echo 'Invalid data found' >&2; exit 1", MediaFault.Unreadable, "Invalid data found")]
    [InlineData("exit 1", MediaFault.Unreadable, "no reason given")]
    public async Task How_it_ended_is_told_in_words_that_can_be_acted_on(string ending, MediaFault fault, string words)
    {
        var program = await ProgramAsync(ending);

        var e = await Assert.ThrowsAsync<MediaException>(() => RenderWithAsync(program, TimeSpan.FromMinutes(2)));

        Assert.Equal(fault, e.Fault);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_ends_is_stopped()
    {
        var program = await ProgramAsync("exec sleep 600");

        var e = await Assert.ThrowsAsync<MediaException>(() => RenderWithAsync(program, TimeSpan.FromMilliseconds(300)));

        Assert.Equal(MediaFault.ToolFailed, e.Fault);
        Assert.Contains("did not finish", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_it_the_answer_says_what_to_install()
    {
        var e = await Assert.ThrowsAsync<MediaException>(() => RenderWithAsync("/nowhere/ffmpeg", TimeSpan.FromMinutes(2)));

        Assert.Equal(MediaFault.ToolMissing, e.Fault);
        Assert.Contains("apt install ffmpeg", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MediaException>(() => Runner("/nowhere/ffmpeg").VersionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task It_says_which_version_it_is() =>
        Assert.Matches(@"^ffmpeg version \S+", await workshop.Ffmpeg.VersionAsync(CancellationToken.None));

    [Fact]
    public async Task A_report_longer_than_any_honest_one_is_not_read_to_its_end()
    {
        var probe = new FfmpegRunner(new FfmpegPrograms { Ffprobe = await ProgramAsync("exec cat /dev/zero") }, new ProcessPlaces());

        var e = await Assert.ThrowsAsync<MediaException>(() => probe.ProbeAsync([], CancellationToken.None));

        Assert.Equal(MediaFault.Unreadable, e.Fault);
    }

    private static FfmpegRunner Runner(string program, TimeSpan? timeout = null) => new(
        new FfmpegPrograms { Ffmpeg = program, Timeout = timeout ?? TimeSpan.FromMinutes(2) },
        new ProcessPlaces());

    private Task RenderWithAsync(string program, TimeSpan timeout) => Runner(program, timeout).RenderAsync(
        new FfmpegCommand(),
        workshop.At("out.mp4"),
        workshop.Work,
        feed: null,
        CancellationToken.None);

    private async Task<string> ProgramAsync(string ending)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script stands in for ffmpeg");
        var path = workshop.At("program");
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{ending}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        return path;
    }

    private static FfmpegCommand Copying(string clip, TimeSpan length)
    {
        var command = new FfmpegCommand { ExpectedDuration = length };
        command.File(clip, MediaFormat.Mp4);
        return command.H264(EncodeQuality.Draft, threads: 1, comment: null);
    }

    private sealed class Told : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}

using McpI2V.Media.Camera;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;
using McpI2V.Media.Processes;
using McpI2V.Media.Tests.Clips;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Tests.Ffmpeg;

/// <summary>MPEG-4 stands for a machine's own encoder: what came of whom is seen by the codec.</summary>
public sealed class EncodingDrafts : IDisposable
{
    private static readonly MachineEncoder Good = new("mpeg4", ["-q:v", "1", "-pix_fmt", "yuv420p"]);
    private static readonly MachineEncoder Poor = new("mpeg4", ["-q:v", "31", "-pix_fmt", "yuv420p"]);
    private static readonly MachineEncoder Absent = new("h264_of_another_machine", []);
    private readonly TestRenders renders = new();

    [Fact]
    public async Task A_draft_is_encoded_by_the_machine_and_a_final_is_not()
    {
        var ffmpeg = Runner(new FfmpegPrograms(), Good);

        Assert.Equal("mpeg4", await CodecAsync(ffmpeg, EncodeQuality.Draft));
        Assert.Equal("h264", await CodecAsync(ffmpeg, EncodeQuality.Standard));
        Assert.Equal("h264", await CodecAsync(ffmpeg, EncodeQuality.Best));
        Assert.Matches(@"^mpeg4: its trial kept \d\d\.\d dB$", await ffmpeg.DraftEncoderAsync(renders.Work(), Now));
    }

    [Fact]
    public async Task So_is_a_draft_of_a_camera_move()
    {
        using var workshop = new Workshop();
        var shot = new CameraShot
        {
            Still = await workshop.FieldsAsync("wall.jpg", 600, 400, "gray"),
            Path = new CameraPath(CameraMove.PushIn, 0.5, Easing.Linear, Loops: false, Seed: 0),
            Duration = TimeSpan.FromSeconds(1),
            Size = new PixelSize(320, 180),
            Quality = EncodeQuality.Draft,
        };

        await new CameraRenderer(Runner(new FfmpegPrograms(), Good)).RenderAsync(shot, workshop.At("shot.mp4"), workshop.Work, Now);

        Assert.Equal("mpeg4", await CodecAsync(workshop.At("shot.mp4")));
    }

    [Fact]
    public async Task One_that_is_not_there_or_keeps_too_little_is_passed_over_and_named()
    {
        var ffmpeg = Runner(new FfmpegPrograms(), Absent, Poor);

        Assert.Equal("h264", await CodecAsync(ffmpeg, EncodeQuality.Draft));
        Assert.Matches(
            @"^libx264: h264_of_another_machine does not work here, mpeg4 keeps only \d\d\.\d dB of 40$",
            await ffmpeg.DraftEncoderAsync(renders.Work(), Now));
    }

    [Fact]
    public async Task One_that_fails_after_its_trial_costs_no_render_and_is_not_asked_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        var folder = renders.Work().Folder;
        var (program, asked) = (Path.Combine(folder, "ffmpeg.sh"), Path.Combine(folder, "asked"));
        await File.WriteAllTextAsync(
            program,
            $"#!/bin/sh\ncase \"$*\" in *'-c:v mpeg4'*) echo x >> '{asked}'; [ $(wc -l < '{asked}') -gt 1 ] && exit 1 ;; esac\n" +
                "exec ffmpeg \"$@\"\n",
            Now);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        var ffmpeg = Runner(new FfmpegPrograms { Ffmpeg = program }, Good);

        Assert.Equal("h264", await CodecAsync(ffmpeg, EncodeQuality.Draft));
        Assert.Equal("h264", await CodecAsync(ffmpeg, EncodeQuality.Draft));

        Assert.Equal(2, (await File.ReadAllLinesAsync(asked, Now)).Length);
        Assert.Contains("mpeg4 was tried and failed later", await ffmpeg.DraftEncoderAsync(renders.Work(), Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_is_switched_off_nothing_is_tried()
    {
        var ffmpeg = new FfmpegRunner(new FfmpegPrograms { MachineEncoder = false }, new ProcessPlaces());

        Assert.Equal("libx264, as I2V__Media__MachineEncoder says", await ffmpeg.DraftEncoderAsync(renders.Work(), Now));
    }

    public void Dispose() => renders.Dispose();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static FfmpegRunner Runner(FfmpegPrograms programs, params MachineEncoder[] own) => new(programs, new ProcessPlaces(), own);

    private async Task<string> CodecAsync(FfmpegRunner ffmpeg, EncodeQuality quality)
    {
        var clip = await renders.ClipAsync("testsrc2=s=320x180:r=25:d=1,format=yuv420p", null, new PixelSize(320, 180), 1);
        var programs = new FfmpegPrograms();
        var texts = new TextSetter(ffmpeg, new TextDrawer(DrawingProgram.None), renders);
        var renderer = new ClipRenderer(ffmpeg, new ClipAnalyser(ffmpeg, new FfmpegFilters(ffmpeg, programs), renders, texts));
        var work = renders.Work();
        await renderer.RenderAsync(clip, work.At("draft.mp4"), quality, comment: null, work, Now);
        return await CodecAsync(work.At("draft.mp4"));
    }

    private async Task<string> CodecAsync(string path) => (await renders.Ffmpeg.ProbeAsync(
        ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=codec_name", "-of", "csv=p=0", "-i", path],
        Now)).Trim();
}

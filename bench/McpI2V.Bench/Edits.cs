using System.Text.Json;
using McpI2V.Media;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Bench;

/// <summary>Edits of a 5 s clip with sound, looking included, each against encoding the frames that it makes alone.</summary>
internal sealed class Edits : IOperationSources, IAnalysisCache
{
    private const int Rounds = 5;
    private static readonly PixelSize Size = new(1080, 1920);

    private readonly ClipRenderer renderer;

    private Edits()
    {
        var filters = new FfmpegFilters(CameraShots.Ffmpeg, new FfmpegPrograms());
        var texts = new TextSetter(CameraShots.Ffmpeg, new TextDrawer(DrawingProgram.None), this);
        renderer = new ClipRenderer(CameraShots.Ffmpeg, new ClipAnalyser(CameraShots.Ffmpeg, filters, this, texts));
    }

    public static async Task RunAsync(string root)
    {
        var folder = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        var work = new MediaWork(folder);
        var clip = await MasterAsync(root, work);
        var edits = new Edits();
        await edits.CompareAsync(
            "a grade and a title",
            clip,
            work,
            1.3,
            """{"op":"grade","temperature":0.4,"contrast":0.1}""",
            """{"op":"text","text":"Only this week","position":"top"}""");
        await edits.CompareAsync("a title", clip, work, 1.3, """{"op":"text","text":"Only this week","position":"top"}""");
        await edits.CompareAsync("a look", clip, work, 1.3, """{"op":"grade","look":"warm"}""");
        await edits.CompareAsync("its sound alone", clip, work, 0.1, """{"op":"loudness","lufs":-14}""");
        Directory.Delete(folder, recursive: true);
    }

    AudioSource IOperationSources.Audio(string handle) => throw new NotSupportedException(handle);

    ClipSource IOperationSources.Clip(string handle) => throw new NotSupportedException(handle);

    StillSource IOperationSources.Still(string handle) => throw new NotSupportedException(handle);

    // Every round looks anew.
    bool IAnalysisCache.TryFetch(string key, string path) => false;

    void IAnalysisCache.Keep(string key, string path)
    {
    }

    private static async Task<ClipSource> MasterAsync(string root, MediaWork work)
    {
        var still = work.At("still.jpg");
        await Sample.RunAsync("ffmpeg", $"-v error -y -i \"{Path.Combine(root, "samples", "bottle.jpg")}\" -vf " +
            $"\"scale=1620:2880:force_original_aspect_ratio=increase,crop=1620:2880,noise=alls=6:allf=p\" -q:v 2 \"{still}\"");
        var shot = CameraShots.PushIn(still, new PixelSize(1620, 2880));
        await new CameraRenderer(CameraShots.Ffmpeg).RenderAsync(shot, work.At("silent.mp4"), work, CancellationToken.None);
        await Sample.RunAsync("ffmpeg", $"-v error -y -i \"{work.At("silent.mp4")}\" -f lavfi -i sine=f=220:d=5 -c:v copy -c:a aac " +
            $"\"{work.At("master.mp4")}\"");
        return new ClipSource(work.At("master.mp4"), MediaFormat.Mp4, new ClipShape(Size, shot.Duration, 30, HasAudio: true), []);
    }

    private async Task CompareAsync(string name, ClipSource clip, MediaWork work, double most, params string[] steps)
    {
        var source = clip with { Recipe = [.. steps.Select(s => OperationCatalogue.Read(JsonElement.Parse(s), this))] };
        var result = work.At("result.mp4");
        var frames = work.At("frames.yuv");
        var isSound = source.Recipe.All(step => step is ISoundOperation);
        await EditAsync();
        await Sample.RunAsync("ffmpeg", $"-v error -y -i \"{result}\" -f rawvideo -pix_fmt yuv420p \"{frames}\"");
        List<double> ours = [], alone = [];
        for (var i = 0; i < Rounds; i++)
        {
            ours.Add(await Sample.SecondsAsync(EditAsync));
            alone.Add(await Sample.SecondsAsync(() => CameraShots.EncodeAsync(frames, Size, 30, EncodeQuality.Standard, work)));
        }
        File.Delete(frames);
        var (our, their) = (Sample.Median(ours), Sample.Median(alone));
        Sample.Say($"{name}, medians of {Rounds}: whole {Sample.Number(our)} s, encoding the same frames alone {Sample.Number(their)} s, " +
            $"ratio {Sample.Number(our / their)} (at most {Sample.Number(most, "0.0")})");

        Task EditAsync() => isSound
            ? renderer.RenderSoundAsync(source, clip.Path, result, null, work, CancellationToken.None)
            : renderer.RenderAsync(source, result, EncodeQuality.Standard, null, work, CancellationToken.None);
    }
}

using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Processes;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Tests.Clips;

/// <summary>Renders with the real ffmpeg in a folder of its own, and keeps analyses there.</summary>
internal sealed class TestRenders : IAnalysisCache, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("i2v-renders-").FullName;
    private int renders;

    public TestRenders()
    {
        var programs = new FfmpegPrograms();
        Ffmpeg = new FfmpegRunner(programs, new ProcessPlaces());
        Renderer = new ClipRenderer(Ffmpeg, new ClipAnalyser(
            Ffmpeg,
            new FfmpegFilters(Ffmpeg, programs),
            this,
            new TextSetter(Ffmpeg, new TextDrawer(DrawingProgram.None), this)));
        Kept = Directory.CreateDirectory(Path.Combine(folder, "kept")).FullName;
    }

    public FfmpegRunner Ffmpeg { get; }

    public ClipRenderer Renderer { get; }

    /// <summary>Where the cache lies.</summary>
    public string Kept { get; }

    public MediaWork Work(IProgress<double>? progress = null) =>
        new(Directory.CreateDirectory(Path.Combine(folder, $"work-{renders++}")).FullName, progress);

    /// <summary>A clip of our own making.</summary>
    /// <param name="picture">A graph that ends in the picture, such as <c>testsrc2=s=320x180:r=25:d=3</c>.</param>
    /// <param name="sound">A graph that ends in the sound; null: silent.</param>
    /// <param name="size">The picture's size.</param>
    /// <param name="seconds">The length.</param>
    public async Task<ClipSource> ClipAsync(string picture, string? sound, PixelSize size, double seconds)
    {
        var work = Work();
        var path = work.At("clip.mp4");
        var command = new FfmpegCommand();
        if (picture.StartsWith("[0:v]", StringComparison.Ordinal))
        {
            command.File(Workshop.Photo, MediaFormat.Jpeg);
        }
        command.Graph($"{picture}[v]{(sound is null ? "" : $";{sound}[a]")}").Output("-map", "[v]");
        if (sound is not null)
        {
            command.Output("-map", "[a]");
        }
        command.H264(EncodeQuality.Best, 0, null);
        await Ffmpeg.RenderAsync(command, path, work, null, TestContext.Current.CancellationToken);
        return new ClipSource(path, MediaFormat.Mp4, new ClipShape(size, TimeSpan.FromSeconds(seconds), 25, sound is not null), []);
    }

    public async Task<string> RenderAsync(ClipSource source, MediaWork? work = null, CancellationToken? cancelled = null)
    {
        work ??= Work();
        var path = work.At("result.mp4");
        await Renderer.RenderAsync(
            source,
            path,
            EncodeQuality.Best,
            comment: null,
            work,
            cancelled ?? TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>What a filter graph over a file's picture or sound writes to standard output.</summary>
    public Task<byte[]> ReadAsync(string path, string graph, string format)
    {
        var command = new FfmpegCommand();
        command.File(path, MediaFormat.Mp4);
        command.Graph(graph + "[o]").Output("-map", "[o]", "-f", format);
        return Ffmpeg.ReadAsync(command, Work(), TestContext.Current.CancellationToken);
    }

    /// <summary>The first frame of what a recipe makes, as RGB before it is encoded.</summary>
    public Task<byte[]> FrameAsync(ClipSource source, MediaWork? work = null)
    {
        work ??= Work();
        var command = new FfmpegCommand();
        var graph = new RecipeGraph(command, work);
        var clip = graph.Add(source);
        var rgb = graph.Chain(clip.Video, "scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int,format=rgb24");
        graph.WriteTo(command);
        command.Output("-map", $"[{rgb}]", "-frames:v", "1", "-f", "rawvideo");
        return Ffmpeg.ReadAsync(command, work, TestContext.Current.CancellationToken);
    }

    public bool TryFetch(string key, string path)
    {
        var kept = Path.Combine(Kept, key);
        if (!File.Exists(kept))
        {
            return false;
        }
        File.Copy(kept, path, overwrite: true);
        return true;
    }

    public void Keep(string key, string path) => File.Copy(path, Path.Combine(Kept, key), overwrite: true);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

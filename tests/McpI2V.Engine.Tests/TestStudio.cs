using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Finding;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Library.Uploads;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Colours;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Previews;
using McpI2V.Media.Probing;
using McpI2V.Media.Processes;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Engine.Tests;

/// <summary>A library on a real disk and database, with the real ffmpeg to fill it.</summary>
public sealed class TestStudio : IDisposable
{
    private readonly TestDatabase test;
    private readonly WorkFolder work;

    public TestStudio(MediaStores? stores = null, bool? onServer = null)
    {
        test = new TestDatabase(onServer: onServer);
        Folders = new WorkFolders(test.Options);
        Media = stores ?? MediaFolder.StoresOf(test.Options);
        Library = new MediaLibrary(test.Options, test.Database, new AssetStore(test.Database), Media, Folders);
        Inputs = Directory.CreateDirectory(Path.Combine(test.Options.Home, "inputs")).FullName;
        var inputs = new InputOptions { Roots = [Inputs] };
        Importer = new AssetImporter(
            Library,
            inputs,
            new UrlFetcher(inputs),
            new MediaProbe(Ffmpeg),
            new UploadStore(test.Database, Time),
            Time);
        var filters = new FfmpegFilters(Ffmpeg, new FfmpegPrograms());
        Times = new SpokenTime(Time);
        Elements = new ElementStore(test.Database, Time);
        Presets = new PresetStore(test.Database, Time);
        Finder = new AssetFinder(Library.Assets, new ColourIndex(Library, test.Database, new ColourProbe(Ffmpeg)));
        Spoken = new SpokenReferences(Library.Assets, Finder, Elements, new PresetCatalogue(test.Options, Presets), Times);
        References = new AssetReferences(Library, Importer, Spoken, new FrameRenderer(Ffmpeg));
        Recipes = new Recipes(Library, References, filters);
        var analyses = new AnalysisFolder(test.Options, Time);
        var texts = new TextSetter(Ffmpeg, new TextDrawer(DrawingProgram.None), analyses);
        Clips = new ClipRenderer(Ffmpeg, new ClipAnalyser(Ffmpeg, filters, analyses, texts));
        work = Folders.Create();
    }

    public SteppedTime Time { get; } = new();

    public TestDatabase Test => test;

    public FfmpegRunner Ffmpeg { get; } = new(new FfmpegPrograms(), new ProcessPlaces());

    public WorkFolders Folders { get; }

    public MediaStores Media { get; }

    public MediaLibrary Library { get; }

    public AssetImporter Importer { get; }

    public SpokenTime Times { get; }

    public ElementStore Elements { get; }

    public PresetStore Presets { get; }

    public AssetFinder Finder { get; }

    public SpokenReferences Spoken { get; }

    public AssetReferences References { get; }

    public Recipes Recipes { get; }

    public ClipRenderer Clips { get; }

    public string Inputs { get; }

    public MediaWork Work => work.Work();

    /// <summary>A file among the inputs, made by ffmpeg's own arguments.</summary>
    public async Task<string> MakeAsync(string name, string arguments)
    {
        var path = Path.Combine(Inputs, name);
        var result = await ChildProcess.RunAsync(
            new ChildProcessRequest
            {
                FileName = "ffmpeg",
                Arguments = ["-v", "error", "-y", .. arguments.Split(' '), path],
                Limits = ChildLimits.Short,
            },
            CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.ErrorTail);
        return path;
    }

    public Task<Asset> StillAsync(int width, int height, string name = "still.png") =>
        ImportAsync(name, $"-f lavfi -i testsrc2=s={width}x{height} -frames:v 1");

    public Task<Asset> ClipAsync(int width, int height, double seconds, string name = "clip.mp4") =>
        ImportAsync(name, FormattableString.Invariant(
            $"-f lavfi -i testsrc2=s={width}x{height}:r=10:d={seconds} -c:v libx264 -preset ultrafast -pix_fmt yuv420p"));

    public Task<Asset> SoundAsync(double seconds, string name = "sound.wav") =>
        ImportAsync(name, FormattableString.Invariant($"-f lavfi -i sine=f=440:d={seconds}"));

    /// <summary>What ffmpeg makes of the arguments, as an asset.</summary>
    public async Task<Asset> ImportAsync(string name, string arguments) => await ImportAsync(await MakeAsync(name, arguments));

    public Task<Asset> ImportAsync(string path) => Importer.ResolveAsync(path, null, "image", Caller.OfThisMachine, CancellationToken.None);

    /// <summary>Another asset of the same bytes, as a job would have written it.</summary>
    public async Task<Asset> AddAsync(Asset like, Func<Asset, Asset> change)
    {
        var added = test.Database.Write(s =>
        {
            var handle = AssetStore.NextHandle(s, like.Handle.Kind);
            var asset = change(like) with { Handle = handle, File = $"made-{handle}{like.Format.Extension}" };
            AssetStore.Insert(s, asset);
            return asset;
        });
        await using var file = await Library.OpenAsync(like, CancellationToken.None);
        var copy = work.Work().At(added.File);
        File.Copy(file.Path, copy);
        await Media.Assets.PublishAsync(copy, added.File, CancellationToken.None);
        return Library.Assets.Get(added.Handle);
    }

    public void Dispose()
    {
        work.Dispose();
        Folders.Dispose();
        test.Dispose();
    }
}

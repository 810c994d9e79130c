using System.Text.Json.Nodes;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Planning.Mending;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Words;
using McpI2V.Media.Camera;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Tests.Planning;

/// <summary>The planners over a library of rows without files, with the embedded engine and two vendors, alpha before beta.</summary>
internal sealed class PlanningBench : IDisposable
{
    private readonly TestStudio studio = new();
    private int assets;

    /// <summary>Sets it up.</summary>
    /// <param name="hasKeys">False: no vendor can be used.</param>
    /// <param name="change">Vendors' models as a test has them.</param>
    public PlanningBench(bool hasKeys = true, Func<ModelEntry, ModelEntry>? change = null)
    {
        Models = new ModelCatalogue(
            studio.Test.Options,
            new HomeDocuments(studio.Test.Options),
            [EmbeddedModels.OfEngine, new Rows(change ?? (m => m))],
            provider => provider == ModelEntry.EmbeddedProvider || hasKeys ? null : "no key is set; set VENDOR_KEY",
            studio.Time);
        var router = new ModelRouter(Models);
        Mender = new ShotMender(router, new StillExtension(router, studio.Library), studio.Library);
        Routes = new RoutePlanner(Models, router, Mender);
        Finish = new StillFinish(router, studio.Library);
        Words = new OrderWords(Models, studio.Library);
        Takes = new TakesPlanner(Models);
        Variants = new VariantPlanner(Mender, Routes, studio.Recipes, new ShotWords(new OtherWays(Models)));
        Transforms = new TransformPlanner(Models, Routes, studio.Library, studio.Recipes);
        Exports = new ExportPlanner(studio.Library, Routes, studio.Recipes);
    }

    public ModelCatalogue Models { get; }

    public ShotMender Mender { get; }

    public RoutePlanner Routes { get; }

    public StillFinish Finish { get; }

    public OrderWords Words { get; }

    public TakesPlanner Takes { get; }

    public VariantPlanner Variants { get; }

    public TransformPlanner Transforms { get; }

    public ExportPlanner Exports { get; }

    public SteppedTime Time => studio.Time;

    /// <summary>A still of these pixels, as a row.</summary>
    public Asset Still(int width = 1080, int height = 1920, string title = "serum on marble") => Add(new Asset
    {
        Handle = new AssetHandle(MediaKind.Still, ++assets),
        File = $"still-{assets}.png",
        Format = MediaFormat.Png,
        Size = new PixelSize(width, height),
        Bytes = 1,
        Sha256 = $"sha-{assets}",
        Title = title,
        Operation = "import",
    });

    /// <summary>A clip of these pixels, as a row.</summary>
    public Asset Clip(int width, int height, double seconds = 5, Func<Asset, Asset>? change = null) => Add((change ?? (c => c))(new Asset
    {
        Handle = new AssetHandle(MediaKind.Clip, ++assets),
        File = $"clip-{assets}.mp4",
        Format = MediaFormat.Mp4,
        Size = new PixelSize(width, height),
        Duration = TimeSpan.FromSeconds(seconds),
        FramesPerSecond = 30,
        Bytes = 1,
        Sha256 = $"sha-{assets}",
        Title = "serum push in",
        Operation = "import",
    }));

    /// <summary>A sound, as a row.</summary>
    public Asset Sound(double seconds = 5) => Add(new Asset
    {
        Handle = new AssetHandle(MediaKind.Audio, ++assets),
        File = $"audio-{assets}.wav",
        Format = MediaFormat.Wav,
        Size = default,
        Duration = TimeSpan.FromSeconds(seconds),
        HasAudio = true,
        Bytes = 1,
        Sha256 = $"sha-{assets}",
        Title = "music",
        Operation = "import",
    });

    /// <summary>A shot of a still with steam rising.</summary>
    public static AnimateRequest Shot(Asset still) => new()
    {
        Image = still.Handle.ToString(),
        Prompt = "steam rises",
        Move = CameraMove.PushIn,
        Width = still.Size.Width,
        Height = still.Size.Height,
    };

    public MendedShot Mend(AnimateRequest shot, string? model = null, decimal? mostUsd = null) =>
        Mender.Mend(model, shot, mostUsd, "animate_image");

    public Route RouteOf(AnimateRequest shot, string? model = null) =>
        Mender.Mend(model, shot, mostUsd: null, "animate_image").Route;

    /// <summary>A batch whose jobs have all made a clip with a file.</summary>
    public Batch Made(IReadOnlyList<NewJob> jobs)
    {
        var (id, _) = studio.Test.Queue.SubmitBatch("made", "{}", jobs, new Approval(100, 100), fresh: true);
        foreach (var job in studio.Test.Jobs.OfBatch(id))
        {
            var clip = Clip(720, 1280, change: c => c with { Job = job.Id, Model = job.Model });
            Directory.CreateDirectory(Path.GetDirectoryName(studio.Library.PathOf(clip))!);
            File.WriteAllText(studio.Library.PathOf(clip), "clip");
            studio.Test.Database.Write(s => s.Execute("UPDATE jobs SET state = 'succeeded' WHERE id = @id", ("@id", job.Id)));
        }
        return new BatchStore(studio.Test.Database).Get(id);
    }

    /// <summary>The clips that a batch has made.</summary>
    public Task<MadeMasters> MastersOfAsync(Batch batch) =>
        MadeMasters.OfAsync(batch, studio.Test.Jobs, studio.Library, CancellationToken.None);

    /// <summary>The pixels that a clip has after steps.</summary>
    public PixelSize SizeOf(Asset clip, IEnumerable<JsonNode> steps) =>
        studio.Recipes.SourceOf(clip, [.. steps.Select(s => s.DeepClone())]).Result().Size;

    public void Dispose() => studio.Dispose();

    private Asset Add(Asset asset) => studio.Test.Database.Write(s =>
    {
        AssetStore.Insert(s, asset);
        return asset;
    });

    private sealed class Rows(Func<ModelEntry, ModelEntry> change) : IModelSource
    {
        public string Provider => "several";

        IEnumerable<ModelEntry> IModelSource.Rows() =>
        [
            .. new[]
            {
                Clip("alpha:clip", 0.1m, new DurationRange(5, 10, [5, 10]), "9:16", "16:9"),
                Clip("beta:clip", 0.08m, new DurationRange(4, 8), "9:16", "1:1"),
                Still("alpha:paint", 0.04m),
                Still("beta:paint", 0.045m),
                Clip("alpha:edit", 0.2m, new DurationRange(1, 15), "source") with
                {
                    Capabilities = [Capability.VideoEdit],
                    DurationsSeconds = null,
                    Price = new Price("input_second", 0.2m),
                },
                Still("beta:voice", 0.1m) with
                {
                    Capabilities = [Capability.TextToSpeech],
                    Price = new Price("thousand_characters", 0.1m),
                },
                Clip("beta:lips", 0.1m, new DurationRange(1, 60), "source") with
                {
                    Capabilities = [Capability.LipSync],
                    Frames = [],
                    Price = new Price("input_second", 0.1m),
                },
            }.Select(change),
        ];

        private static ModelEntry Clip(string id, decimal usd, DurationRange lengths, params string[] ratios) => new()
        {
            Id = id,
            Alias = id.Replace(':', '-'),
            Provider = id.Split(':')[0],
            Capabilities = [Capability.ImageToVideo],
            Frames = ["first"],
            DurationsSeconds = lengths,
            Resolutions = ["720p", "1080p"],
            AspectRatios = ratios,
            Price = new Price("second", usd),
        };

        private static ModelEntry Still(string id, decimal usd) => new()
        {
            Id = id,
            Alias = id.Replace(':', '-'),
            Provider = id.Split(':')[0],
            Capabilities = [Capability.TextToImage, Capability.ImageEdit],
            Frames = ["references"],
            AspectRatios = ["9:16", "16:9", "1:1", "4:5"],
            MaxReferences = 3,
            MaxCount = 4,
            Options = [],
            Price = new Price("image", usd),
        };
    }
}

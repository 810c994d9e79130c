using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Clips;
using McpI2V.Media.Sound;
using McpI2V.Media.Stills;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Engine.Tests.Generation;

/// <summary>Requests as a job keeps them, models as a user's own file has them, and what becomes of both.</summary>
public sealed class GenerationBench : IDisposable
{
    private readonly OrderReader reader;
    private readonly ModelCatalogue models;

    public GenerationBench(string models = "[]")
    {
        File.WriteAllText(Path.Combine(Studio.Test.Options.Home, "models.json"), $$"""{"models": {{models}}}""");
        this.models = new ModelCatalogue(Studio.Test.Options, new HomeDocuments(Studio.Test.Options), [], _ => null, Studio.Time);
        Held = Studio.Library.Hold();
        Fitter = new InputFitter(
            new StillFitter(Studio.Ffmpeg),
            new StillComposer(Studio.Ffmpeg, new TextDrawer(DrawingProgram.None)),
            Studio.Clips,
            Studio.Recipes,
            new HeardSound(Studio.Library, new ClipSound(Studio.Ffmpeg)));
        reader = new OrderReader(Studio.Library, this.models, Fitter, Studio.Time);
    }

    public TestStudio Studio { get; } = new();

    public InputFitter Fitter { get; }

    public HeldMedia Held { get; }

    public ModelNeed NeedOf(string kind, string request) => Read(kind, request).Need(Studio.Library);

    /// <summary>What a need asks a model for, as the catalogue spells it.</summary>
    public static string AskedFor(ModelNeed need) => SnakeCase.From(need.Capability);

    public GenerationOrder Outline(string kind, string request, string model) => reader.Outline(Read(kind, request), model, "key");

    public Task<GenerationOrder> OrderAsync(string kind, string request, string model) =>
        reader.ReadAsync(Read(kind, request), Outline(kind, request, model), Held, Studio.Work, CancellationToken.None);

    public Task<IReadOnlyList<string>> AdviceAsync(string kind, string request, string model) =>
        reader.AdviceAsync(Read(kind, request), models.Find(model)!, CancellationToken.None);

    public static IReadOnlyList<string> InputsOf(string kind, string request) => [.. Read(kind, request).Inputs.All];

    public static string ShotOf(string prompt, CameraMove move, double strength, bool isMoveWanted) =>
        ShotPrompt.Compose(prompt, move, strength, isMoveWanted);

    public Task<OrderInput> FitAsync(Asset still, InputLimits limits) =>
        Fitter.StillAsync(still, limits, shape: null, Held, Studio.Work, CancellationToken.None);

    public Task<OrderInput> FitClipAsync(Asset clip, InputLimits limits) =>
        Fitter.ClipAsync(clip, limits, Held, Studio.Work, CancellationToken.None);

    public static IReadOnlyList<string> AdviceOn(Asset asset, InputLimits limits) => [.. InputFitter.Advice(asset, limits)];

    public void Dispose() => Studio.Dispose();

    // The type comes first, as it is written.
    private static GenerationRequest Read(string kind, string members) =>
        GenerationRequest.FromJson($"{{\"type\":\"{kind}\",{members.Trim()[1..]}");
}

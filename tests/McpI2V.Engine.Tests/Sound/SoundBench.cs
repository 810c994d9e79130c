using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Planning.Mending;
using McpI2V.Engine.Sound;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Words;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Processes;
using McpI2V.Media.Speech;

namespace McpI2V.Engine.Tests.Sound;

/// <summary>The embedded voice, and a vendor of every kind of sound, with its key or without; espeak-ng is not installed.</summary>
internal sealed class SoundBench : IDisposable
{
    private readonly TestStudio studio = new();

    public SoundBench(bool hasKey = false)
    {
        File.WriteAllText(Path.Combine(studio.Test.Options.Home, "models.json"), """
            {"models": [
              {"id": "vendor:speech", "alias": "speech", "provider": "vendor", "kinds": ["text_to_speech"], "voices": ["Rachel", "Brian"],
               "price": {"unit": "thousand_characters", "usd": 0.1}},
              {"id": "vendor:band", "alias": "band", "provider": "vendor", "kinds": ["music"], "durations_seconds": {"min": 3, "max": 60},
               "price": {"unit": "second", "usd": 0.01}},
              {"id": "vendor:noise", "alias": "noise", "provider": "vendor", "kinds": ["sound_effect"], "price": {"unit": "clip", "usd": 0.1}},
              {"id": "vendor:face", "alias": "face", "provider": "vendor", "kinds": ["lip_sync"], "frames": ["first"],
               "price": {"unit": "input_second", "usd": 0.05}}]}
            """);
        var models = new ModelCatalogue(
            studio.Test.Options,
            new HomeDocuments(studio.Test.Options),
            [EmbeddedModels.OfEngine],
            provider => provider == "local" || hasKey ? null : "no key is set; set VENDOR_KEY",
            TimeProvider.System);
        var programs = new FfmpegPrograms { Espeak = studio.Work.At("not-installed") };
        var others = new OtherWays(models);
        var router = new ModelRouter(models);
        var mender = new ShotMender(router, new StillExtension(router, studio.Library), studio.Library);
        var routes = new RoutePlanner(models, router, mender);
        var voices = new VoiceChoice(
            new LocalVoices(new FfmpegFilters(studio.Ffmpeg, programs), programs, new ProcessPlaces()),
            others);
        Planner = new AudioPlanner(
            models,
            routes,
            others,
            voices,
            new AccountVoices(new ConfiguredProviders([], []), models, TimeProvider.System),
            studio.Library);
        Shots = new ShotSounds(models, others, routes, studio.Recipes);
        Takes = new TakesPlanner(models);
        Routes = routes;
    }

    public AudioPlanner Planner { get; }

    public ShotSounds Shots { get; }

    public TakesPlanner Takes { get; }

    public RoutePlanner Routes { get; }

    public TestStudio Studio => studio;

    public void Dispose() => studio.Dispose();
}

using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Jobs.Running;
using McpI2V.Engine.Jobs.Tasks;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Library.Uploads;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Sqlite;
using McpI2V.Media.Camera;
using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Previews;
using McpI2V.Media.Probing;
using McpI2V.Media.Processes;
using McpI2V.Media.Stills;
using McpI2V.Media.Text;
using McpI2V.Providers.Local;
using McpI2V.Sending;
using McpI2V.Settings;
using McpI2V.Telemetry;
using McpI2V.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpI2V;

/// <summary>Puts the rooms together. Everything that the program is made of is named here once.</summary>
internal static class Composition
{
    /// <summary>Builds the program from validated settings.</summary>
    public static ServiceProvider Build(ProgramSettings settings) => new ServiceCollection()
        .AddSettings(settings)
        .AddMedia()
        .AddLibrary()
        .AddJobs()
        .AddGeneration()
        .AddLocalEngine()
        .AddProviders(settings)
        .AddFace()
        .BuildServiceProvider();

    private static IServiceCollection AddSettings(this IServiceCollection services, ProgramSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(settings.Library)
        .AddSingleton(settings.Inputs)
        .AddSingleton(settings.Budget)
        .AddSingleton(settings.Jobs)
        .AddSingleton(settings.Ffmpeg)
        .AddSingleton(settings.Http)
        .AddSingleton<Http.TokenStore>()
        .AddSingleton(TimeProvider.System)
        // stdout belongs to the protocol: every log line goes to stderr.
        .AddLogging(logging => TelemetrySwitch.AddTo(logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)));

    private static IServiceCollection AddMedia(this IServiceCollection services) => services
        .AddSingleton(_ => new ProcessPlaces())
        .AddSingleton<FfmpegRunner>()
        .AddSingleton<MediaProbe>()
        .AddSingleton<CameraRenderer>()
        .AddSingleton<ClipRenderer>()
        .AddSingleton<StillComposer>()
        .AddSingleton<StillFitter>()
        .AddSingleton<PreviewRenderer>()
        .AddSingleton<ContactSheet>()
        .AddSingleton<TextCheck>();

    private static IServiceCollection AddLibrary(this IServiceCollection services) => services
        .AddSingleton<LibraryDatabase>()
        .AddSingleton<AssetStore>()
        .AddSingleton<ElementStore>()
        .AddSingleton<BatchStore>()
        .AddSingleton<MediaFolder>()
        .AddSingleton<WorkFolders>()
        .AddSingleton<MediaLibrary>()
        .AddSingleton<UrlFetcher>()
        .AddSingleton<UploadStore>()
        .AddSingleton<AssetImporter>()
        .AddSingleton<Previews>()
        .AddSingleton<Recipes>()
        .AddSingleton<PresetCatalogue>()
        .AddSingleton(s => new ModelCatalogue(s.GetRequiredService<LibraryOptions>(), [.. s.GetServices<IModelSource>()], s.GetRequiredService<ConfiguredProviders>().UnavailableReason, s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IModelSource>(EmbeddedModels.OfEngine)
        .AddSingleton<ConfiguredProviders>()
        .AddSingleton<ModelRouter>();

    private static IServiceCollection AddGeneration(this IServiceCollection services) => services
        .AddSingleton<RequestNeeds>()
        .AddSingleton<InputFitter>()
        .AddSingleton<OrderReader>();

    private static IServiceCollection AddProviders(this IServiceCollection services, ProgramSettings settings)
    {
        foreach (var (vendor, options) in settings.Providers)
        {
            vendor.Add(services, options);
        }
        return services;
    }

    private static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobSignal>()
        .AddSingleton<JobLanes>()
        .AddSingleton<SpendReport>()
        .AddSingleton<JobStore>()
        .AddSingleton<JobQueue>()
        .AddSingleton<McpTaskStore>()
        .AddSingleton<QueueCounts>()
        .AddSingleton<JobWaiter>()
        .AddSingleton<ISendElsewhere, SenderProcess>()
        .AddJobRunner();

    private static IServiceCollection AddLocalEngine(this IServiceCollection services) => services
        .AddSingleton<LocalStills>()
        .AddSingleton<LocalCamera>()
        .AddSingleton<LocalRecipes>()
        .AddSingleton<IJobPerformer, LocalEngine>();

    private static IServiceCollection AddFace(this IServiceCollection services) => services
        .AddSingleton<AnswerComposer>()
        .AddSingleton<JobAnswers>()
        .AddSingleton<JobSubmission>()
        .AddSingleton<ToolServices>();
}

using McpI2V.Access;
using McpI2V.Answers;
using McpI2V.Answers.Batches;
using McpI2V.Answers.Looks;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Housekeeping;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Jobs.Running;
using McpI2V.Engine.Jobs.Tasks;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Checking;
using McpI2V.Engine.Library.Finding;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Library.Sheets;
using McpI2V.Engine.Library.Uploads;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Planning.Mending;
using McpI2V.Engine.Sound;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.S3;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;
using McpI2V.Engine.Words;
using McpI2V.Engine;
using McpI2V.Hosting.Telemetry;
using McpI2V.Mcp.Calls;
using McpI2V.Mcp.Messages;
using McpI2V.Mcp.Resources;
using McpI2V.Mcp.Subscriptions;
using McpI2V.Mcp.Tasks;
using McpI2V.Mcp;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Colours;
using McpI2V.Media.CutOuts;
using McpI2V.Media.Examining;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Previews;
using McpI2V.Media.Probing;
using McpI2V.Media.Processes;
using McpI2V.Media.Speech;
using McpI2V.Media.Stills;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Setting;
using McpI2V.Providers.Local;
using McpI2V.Sending;
using McpI2V.Settings;
using McpI2V.Tools.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpI2V.Hosting;

/// <summary>
/// The dependency injection of the whole program: everything it is made of is named here once, whatever hosts it. Nothing is
/// made before it is asked for: settings are read, and the library opened, by the first call.
/// </summary>
internal static class Composition
{
    /// <summary>What is less than that is not written.</summary>
    public const LogLevel LeastLogged = LogLevel.Warning;

    /// <summary>The program without a host, for commands that end by themselves.</summary>
    public static ServiceProvider Build() =>
        new ServiceCollection().AddLogging(logging => logging.AddProgramLog()).AddProgram().BuildServiceProvider();

    /// <summary>Adds the program.</summary>
    public static IServiceCollection AddProgram(this IServiceCollection services) => services
        .AddSingleton(typeof(Lazy<>), typeof(LateService<>))
        .AddSettings()
        .AddMedia()
        .AddLibrary()
        .AddJobs()
        .AddGeneration()
        .AddPlanning()
        .AddLocalEngine()
        .AddProviders()
        .AddTools()
        .AddMcp()
        .AddTelemetry();

    /// <summary>Adds the log; stdout belongs to the protocol, so every line goes to stderr.</summary>
    public static ILoggingBuilder AddProgramLog(this ILoggingBuilder logging) => logging
        .ClearProviders()
        .SetMinimumLevel(LeastLogged)
        // The SDK tells of every call that a client took back, in its own words; what failed we tell ourselves.
        .AddFilter("ModelContextProtocol", LogLevel.None)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
        .AddTelemetry();

    private static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton(_ => SettingsReader.Read())
        .AddSetting(s => s.Library)
        .AddSetting(s => s.Inputs)
        .AddSetting(s => s.Budget)
        .AddSetting(s => s.Routes)
        .AddSetting(s => s.Jobs)
        .AddSingleton(NodeRoles.Of)
        .AddSetting(s => s.Postgres)
        .AddSetting(s => s.S3)
        .AddSetting(s => s.Ffmpeg)
        .AddSetting(s => s.Http)
        .AddSingleton<ISharedDocuments>(s => s.GetRequiredService<PostgresOptions>().IsUsed
            ? new PostgresDocuments(s.GetRequiredService<LibraryDatabase>())
            : new HomeDocuments(s.GetRequiredService<LibraryOptions>()))
        .AddSingleton<TokenStore>()
        .AddSingleton(TimeProvider.System);

    private static IServiceCollection AddSetting<T>(this IServiceCollection services, Func<ProgramSettings, T> part)
        where T : class => services.AddSingleton(s => part(s.GetRequiredService<ProgramSettings>()));

    private static IServiceCollection AddMedia(this IServiceCollection services) => services
        .AddSingleton(_ => new ProcessPlaces())
        .AddSingleton<FfmpegRunner>()
        .AddSingleton<FfmpegFilters>()
        .AddSingleton(s => new MediaProbe(
            s.GetRequiredService<FfmpegRunner>(),
            mayGoUnseen: s.GetRequiredService<NodeOptions>().Role == NodeRole.Front))
        .AddSingleton<ClipExaminer>()
        .AddSingleton<ClipChecks>()
        .AddSingleton<CameraRenderer>()
        .AddSingleton<ClipAnalyser>()
        .AddSingleton<ClipRenderer>()
        .AddSingleton<StillComposer>()
        .AddSingleton<StillFocus>()
        .AddSingleton<CutOutMaker>()
        .AddSingleton<StillFitter>()
        .AddSingleton<PreviewRenderer>()
        .AddSingleton<FrameRenderer>()
        .AddSingleton<ColourProbe>()
        .AddSingleton<ContactSheet>()
        .AddSingleton<TextCheck>()
        .AddSingleton(s => DrawingProcess.Program(s.GetRequiredService<LibraryOptions>()))
        .AddSingleton<TextDrawer>()
        .AddSingleton<TextSetter>()
        .AddSingleton<LocalVoices>()
        .AddSingleton<Speaker>();

    private static IServiceCollection AddLibrary(this IServiceCollection services) => services
        // Which database the rows are in is this line's.
        .AddSingleton<ISqlSource>(s => s.GetRequiredService<PostgresOptions>().IsUsed
            ? PostgresSource.WithSchedule(s)
            : new SqliteSource(s.GetRequiredService<LibraryOptions>()))
        .AddSingleton<LibraryDatabase>()
        .AddSingleton<AssetStore>()
        .AddSingleton<ElementStore>()
        .AddSingleton<BatchStore>()
        .AddSingleton<S3Bucket>()
        // Where the files are is this line's.
        .AddSingleton(s => s.GetRequiredService<S3Options>().IsUsed
            ? S3Stores.Of(s.GetRequiredService<S3Bucket>(), s.GetRequiredService<S3Options>(), s.GetRequiredService<LibraryOptions>())
            : MediaFolder.StoresOf(s.GetRequiredService<LibraryOptions>()))
        .AddSingleton<WorkFolders>()
        .AddSingleton<MediaLibrary>()
        .AddSingleton<UrlFetcher>()
        .AddSingleton<UploadStore>()
        .AddSingleton<AssetImporter>()
        .AddSingleton<SpokenTime>()
        .AddSingleton<ColourIndex>()
        .AddSingleton<AssetFinder>()
        .AddSingleton<SpokenReferences>()
        .AddSingleton<AssetReferences>()
        .AddSingleton<Previews>()
        .AddSingleton<ContactSheets>()
        .AddSingleton<Recipes>()
        .AddSingleton<RecipeEditor>()
        .AddSingleton<IAnalysisCache, AnalysisFolder>()
        .AddSingleton<LibraryItems>()
        .AddSingleton<Marking>()
        .AddSingleton<Bin>()
        .AddSingleton<House>()
        .AddSingleton<FileAudit>()
        .AddSingleton<PresetStore>()
        .AddSingleton<PresetCatalogue>()
        .AddSingleton(s => new ModelCatalogue(
            s.GetRequiredService<LibraryOptions>(),
            s.GetRequiredService<ISharedDocuments>(),
            [.. s.GetRequiredService<IEnumerable<IModelSource>>()],
            s.GetRequiredService<ConfiguredProviders>().UnavailableReason,
            s.GetRequiredService<TimeProvider>(),
            KnownProviders.Keys,
            s.GetRequiredService<RouteOptions>().Order))
        .AddSingleton<ConfiguredProviders>()
        .AddSingleton<ModelRouter>();

    private static IServiceCollection AddGeneration(this IServiceCollection services) => services
        .AddSingleton<McpI2V.Media.Sound.ClipSound>()
        .AddSingleton<HeardSound>()
        .AddSingleton<InputFitter>()
        .AddSingleton<OrderReader>();

    // Which there are is a matter of settings, so they are made from these.
    private static IServiceCollection AddProviders(this IServiceCollection services) => services
        .AddSingleton<ProviderList>()
        .AddSingleton(s => s.GetRequiredService<ProviderList>().Providers)
        .AddSingleton(s => s.GetRequiredService<ProviderList>().Models)
        .AddSingleton(s => s.GetRequiredService<ProviderList>().Webhooks);

    private static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobSignal>()
        .AddSingleton<JobLanes>()
        .AddSingleton<SpendReport>()
        .AddSingleton<AgreementStore>()
        .AddSingleton<JobStore>()
        .AddSingleton<JobReview>()
        .AddSingleton<JobQueue>()
        .AddSingleton<McpTaskStore>()
        .AddSingleton<QueueCounts>()
        .AddSingleton<JobWaiter>()
        .AddSingleton<ISendElsewhere, SenderProcess>()
        .AddJobRunner();

    private static IServiceCollection AddPlanning(this IServiceCollection services) => services
        .AddSingleton<OtherWays>()
        .AddSingleton<StillWords>()
        .AddSingleton<ShotWords>()
        .AddSingleton<EditWords>()
        .AddSingleton<UserWords>()
        .AddSingleton<TrimReach>()
        .AddSingleton<OrderWords>()
        .AddSingleton<StillFinish>()
        .AddSingleton<StillExtension>()
        .AddSingleton<ShotMender>()
        .AddSingleton<RoutePlanner>()
        .AddSingleton<TakesPlanner>()
        .AddSingleton<VariantPlanner>()
        .AddSingleton<TransformPlanner>()
        .AddSingleton<VoiceChoice>()
        .AddSingleton<AccountVoices>()
        .AddSingleton<AudioPlanner>()
        .AddSingleton<ShotSounds>()
        .AddSingleton<McpI2V.Media.Sound.Beats.BeatListener>()
        .AddSingleton<BeatGrids>()
        .AddSingleton<BeatSteps>()
        .AddSingleton<SpokenCaptions>()
        .AddSingleton<ExportPlanner>();

    private static IServiceCollection AddLocalEngine(this IServiceCollection services) => services
        .AddSingleton<LocalStills>()
        .AddSingleton<ParallaxLayers>()
        .AddSingleton<LocalCamera>()
        .AddSingleton<RecipeRender>()
        .AddSingleton<LocalRecipes>()
        .AddSingleton<LocalSpeech>()
        .AddSingleton<LocalMusic>()
        .AddSingleton<IJobPerformer, LocalEngine>();

    private static IServiceCollection AddTools(this IServiceCollection services) => services
        .AddSingleton<LooksOfAssets>()
        .AddSingleton<AnswerComposer>()
        .AddSingleton<BatchNews>()
        .AddSingleton<JobAnswers>()
        .AddSingleton<JobSubmission>()
        .AddSingleton<ToolServices>();

    private static IServiceCollection AddMcp(this IServiceCollection services) => services
        .AddSingleton<FaultLog>()
        .AddSingleton<SpendApproval>()
        .AddSingleton<ToolDispatcher>()
        .AddSingleton<ResourceHandler>()
        .AddSingleton<CompletionHandler>()
        .AddSingleton<IMcpTaskStore, JobTaskStore>()
        .AddSingleton<TasksExtension>()
        .AddSingleton<SubscriptionHandler>()
        .AddSingleton<RequestHandlers>()
        .AddSingleton<IMcpServerDefinition, McpServerDefinition>();
}

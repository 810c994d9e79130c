using McpI2V.Engine.Housekeeping;
using McpI2V.Engine.Jobs.Dispatching;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Local;
using McpI2V.Engine.Jobs.Publishing;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Jobs.Remote.Results;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Running;

/// <summary>Adds the runner, whose parts nobody outside needs.</summary>
public static class JobsRegistration
{
    /// <summary>Adds the runner; it does nothing until <see cref="JobRunner.Start"/>.</summary>
    public static IServiceCollection AddJobRunner(this IServiceCollection services) => services
        .AddSingleton<CrashPoints>()
        .AddSingleton<UntilWritten>()
        .AddSingleton<JobPublisher>()
        .AddSingleton<LocalJob>()
        .AddSingleton<IJobRun, LocalRun>()
        .AddSingleton<RemoteJobStore>()
        .AddSingleton<RemoteServices>()
        .AddSingleton<RemoteJobOutcomes>()
        .AddSingleton<SendNotes>()
        .AddSingleton<LostJobs>()
        .AddSingleton<OrphanedJobs>()
        .AddSingleton<TermStore>()
        .AddSingleton<FileLeases>()
        .AddSingleton<NodeLeases>()
        .AddSingleton<NodeLanes>()
        .AddSingleton<Draining>()
        .AddSingleton<ILaneLeases>(s => s.GetRequiredService<LibraryDatabase>().IsShared
            ? s.GetRequiredService<NodeLeases>()
            : s.GetRequiredService<FileLeases>())
        .AddSingleton<RowDispatch>()
        .AddSingleton<QuartzDispatch>()
        .AddSingleton<QuartzSchedule>()
        .AddSingleton<IScheduling>(s => s.GetRequiredService<QuartzSchedule>())
        // Who decides when a job is taken up is this line's.
        .AddSingleton<IJobDispatch>(s => s.GetRequiredService<LibraryDatabase>().IsShared
            ? s.GetRequiredService<QuartzDispatch>()
            : s.GetRequiredService<RowDispatch>())
        .AddSingleton(s => new JobCancellation(
            s.GetRequiredService<JobStore>(),
            s.GetRequiredService<TermStore>(),
            s.GetRequiredService<JobLanes>(),
            s.GetRequiredService<ILaneLeases>()))
        .AddSingleton<RemoteRecovery>()
        .AddSingleton<RemoteSubmit>()
        .AddSingleton<RemoteWait>()
        .AddSingleton<RemoteFetch>()
        .AddSingleton<RemoteJob>()
        .AddSingleton<ResultInspector>()
        .AddSingleton<TypicalDurations>()
        .AddSingleton<ProgressBatcher>()
        .AddSingleton<ConcurrencyByProvider>()
        .AddSingleton<IJobRun, RemoteRun>()
        .AddSingleton(s => new RequestSender(
            s.GetRequiredService<JobStore>(),
            s.GetRequiredService<RemoteServices>(),
            s.GetRequiredService<ConcurrencyByProvider>(),
            s.GetRequiredService<LibraryOptions>()))
        .AddSingleton<WebhookReceiver>()
        .AddSingleton(s => new JobRunner(
            s.GetRequiredService<JobStore>(),
            s.GetRequiredService<TermStore>(),
            s.GetRequiredService<ILaneLeases>(),
            [.. s.GetServices<IJobRun>()],
            s.GetRequiredService<IJobDispatch>(),
            s.GetRequiredService<JobPublisher>(),
            s.GetRequiredService<JobSignal>(),
            s.GetRequiredService<NodeLanes>(),
            s.GetRequiredService<Storage.LocalFiles.WorkFolders>(),
            s.GetRequiredService<Bin>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<JobRunner>>()));
}

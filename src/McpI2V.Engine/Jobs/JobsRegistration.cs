using McpI2V.Engine.Jobs.Remote;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs;

/// <summary>Adds the runner, whose parts nobody outside needs.</summary>
public static class JobsRegistration
{
    /// <summary>Adds the runner; it does nothing until <see cref="JobRunner.Start"/>.</summary>
    public static IServiceCollection AddJobRunner(this IServiceCollection services) => services
        .AddSingleton<PausePoints>()
        .AddSingleton<UntilWritten>()
        .AddSingleton<JobPublisher>()
        .AddSingleton<JobExecution>()
        .AddSingleton<RemoteRows>()
        .AddSingleton<RemoteParts>()
        .AddSingleton<RemoteEnding>()
        .AddSingleton<SendNotes>()
        .AddSingleton<LostJobs>()
        .AddSingleton<OrphanedJobs>()
        .AddSingleton<JobCancellation>()
        .AddSingleton<RemoteRecovery>()
        .AddSingleton<RemoteSubmit>()
        .AddSingleton<RemoteWait>()
        .AddSingleton<RemoteFetch>()
        .AddSingleton<RemoteJob>()
        .AddSingleton<ResultIntake>()
        .AddSingleton<UsualDurations>()
        .AddSingleton<ProgressBook>()
        .AddSingleton<ProviderPlaces>()
        .AddSingleton<RemoteRunner>()
        .AddSingleton(s => new RequestSender(s.GetRequiredService<JobStore>(), s.GetRequiredService<RemoteParts>(), s.GetRequiredService<ProviderPlaces>(), s.GetRequiredService<Library.LibraryOptions>()))
        .AddSingleton<WebhookDesk>()
        .AddSingleton(s => new JobRunner(
            s.GetRequiredService<JobStore>(),
            s.GetRequiredService<JobExecution>(),
            s.GetRequiredService<RemoteRunner>(),
            s.GetRequiredService<ProgressBook>(),
            s.GetRequiredService<JobSignal>(),
            s.GetRequiredService<JobLanes>(),
            s.GetRequiredService<Library.LibraryOptions>(),
            s.GetRequiredService<Storage.LocalFiles.WorkFolders>(),
            s.GetRequiredService<RunnerOptions>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<JobRunner>>()));
}

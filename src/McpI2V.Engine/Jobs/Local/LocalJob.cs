using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Publishing;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Local;

/// <summary>Takes one render through its states, and decides how each ending is written down.</summary>
internal sealed partial class LocalJob(
    JobStore jobs,
    IEnumerable<IJobPerformer> performers,
    JobPublisher publisher,
    WorkFolders work,
    UntilWritten writes,
    JobSignal signal,
    CrashPoints crashPoints,
    TimeProvider time,
    ILogger<LocalJob> log)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(700);

    /// <summary>Runs a job to its end. Never throws.</summary>
    /// <param name="job">The job.</param>
    /// <param name="encoderThreads">0: as many as the encoder likes.</param>
    /// <param name="stopping">The process ends, or its term: the job is queued again.</param>
    /// <param name="jobCancelled">The user canceled it, or it is stopped.</param>
    public async Task RunAsync(Job job, int encoderThreads, CancellationToken stopping, CancellationToken jobCancelled)
    {
        using var way = JobTelemetry.Way(job);
        try
        {
            await PerformAsync(job, encoderThreads, jobCancelled);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await SettleAsync(
                job,
                () => jobs.Requeue(job, "the server was closed in the middle; a local render is begun again at no cost"),
                stopping);
        }
        catch (OperationCanceledException)
        {
            await SettleAsync(
                job,
                () => jobs.End(job, JobState.Canceled, ErrorCode.Canceled,
                    "Canceled by cancel_job; nothing was spent and no file was left."),
                stopping);
        }
        catch (StaleTermException e)
        {
            LogLost(log, job.Name, e);
        }
        // The database was away for a while: no reason to give a render up that nobody asked to end.
        catch (I2VException e) when (e.IsLocked)
        {
            LogLost(log, job.Name, e);
            await SettleAsync(
                job,
                () => jobs.Requeue(job, "the database was away in the middle; a local render is begun again at no cost"),
                stopping);
        }
        catch (Exception e)
        {
            var told = Explain(e);
            JobTelemetry.Failed(way, told.Code);
            LogFailed(log, job.Name, told.Code, e);
            await SettleAsync(job, () => jobs.End(job, JobState.Failed, told.Code, told.Message), stopping);
        }
    }

    private async Task PerformAsync(Job job, int encoderThreads, CancellationToken jobCancelled)
    {
        await crashPoints.ReachAsync("submitting", jobCancelled);
        var performer = performers.FirstOrDefault(p => p.Provider == job.Provider)
            ?? throw new I2VException(ErrorCode.ProviderFailed,
                $"{job.Name} was made for {job.Provider}, which this server does not have. Ask again with another model.");
        jobs.Move(job, JobState.Running);
        signal.Pulse();
        await crashPoints.ReachAsync("running", jobCancelled);
        using var folder = work.Create();
        var progress = new ThrottledProgress(p => jobs.ReportProgress([(job, p)]), signal, ProgressEvery, time);
        IReadOnlyList<ProducedFile> files;
        using (JobTelemetry.Step("render", job))
        {
            files = await performer.PerformAsync(
                job,
                folder.Work(progress) with { EncoderThreads = encoderThreads, HasLane = true },
                jobCancelled);
        }
        // From here on the result exists: it is published whatever happens to the one who asked.
        await publisher.PublishAsync(job, files, jobCancelled);
        LogSucceeded(log, job.Name, files.Count);
    }

    private static I2VException Explain(Exception e) => e switch
    {
        I2VException told => told,
        MediaException media => I2VException.From(new MediaException(media.Fault, media.Message.TrimEnd('.') + ".", media)),
        _ => I2VException.FromDisk(e)
            ?? new I2VException(
                ErrorCode.ProviderFailed,
                "The render failed unexpectedly; the server's log has the details. Asking again is free.",
                null,
                e),
    };

    // An end that can't be written is tried until it is, so that nobody waits for a render that is over.
    private async Task SettleAsync(Job job, Action write, CancellationToken stopping)
    {
        try
        {
            await writes.WriteAsync(job, write, stopping);
        }
        catch (Exception e) when (e is StaleTermException or OperationCanceledException)
        {
            // The row keeps its state, and the next term carries the job on.
            LogLost(log, job.Name, e);
        }
        signal.Pulse();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} succeeded with {Count} assets")]
    private static partial void LogSucceeded(ILogger logger, string job, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} failed: {Code}")]
    private static partial void LogFailed(ILogger logger, string job, ErrorCode code, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} is carried on by another process or later")]
    private static partial void LogLost(ILogger logger, string job, Exception exception);
}

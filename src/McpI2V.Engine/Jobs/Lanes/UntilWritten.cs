using System.Collections.Concurrent;
using McpI2V.Media;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// Writes what must not be forgotten: a locked database, a full disk or a surprise is waited for, for as long as the process lives.
/// </summary>
public sealed partial class UntilWritten(TimeProvider time, ILogger<UntilWritten> log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<long, string> held = new();

    /// <summary>Why a job's row is behind what this process knows; null: it is not.</summary>
    public string? WhyBehind(Job job) => held.TryGetValue(job.Id, out var why)
        ? $"There is news of it that can't be written to the library yet ({why}); this server holds it and tries on, so leave it " +
            "running and make room. Nothing is lost or paid again."
        : null;

    /// <summary>What the write gave.</summary>
    /// <param name="job">The job it is about.</param>
    /// <param name="write">The write; it happens once or not at all, and may be tried again.</param>
    /// <param name="stop">Ends the waiting, not the write.</param>
    /// <exception cref="StaleTermException">The job belongs to another process now.</exception>
    public async Task<T> WriteAsync<T>(Job job, Func<T> write, CancellationToken stop)
    {
        try
        {
            for (var pause = TimeSpan.FromMilliseconds(200); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                try
                {
                    return write();
                }
                catch (Exception e) when (e is not (StaleTermException or OperationCanceledException))
                {
                    held[job.Id] = ForeignText.Words(e.Message).TrimEnd('.');
                    LogNotWritten(log, job.Name, e.Message);
                }
                await Task.Delay(pause, time, stop);
            }
        }
        finally
        {
            held.TryRemove(job.Id, out _);
        }
    }

    /// <summary>Does a write that gives nothing back.</summary>
    /// <exception cref="StaleTermException">The job belongs to another process now.</exception>
    public Task WriteAsync(Job job, Action write, CancellationToken stop) => WriteAsync(
        job,
        () =>
        {
            write();
            return true;
        },
        stop);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}: what became of it could not be written yet, and is tried again: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string job, string reason);
}

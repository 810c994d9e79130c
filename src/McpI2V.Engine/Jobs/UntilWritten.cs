using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs;

/// <summary>Writes what must not be forgotten: a locked database or a full disk is waited for, for as long as the process lives.</summary>
internal sealed partial class UntilWritten(TimeProvider time, ILogger<UntilWritten> log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>What the write gave.</summary>
    /// <param name="job">The job it is about.</param>
    /// <param name="write">The write; it happens once or not at all, and may be tried again.</param>
    /// <param name="stop">Ends the waiting, not the write.</param>
    /// <exception cref="LostTermException">The job belongs to another process now.</exception>
    public async Task<T> WriteAsync<T>(Job job, Func<T> write, CancellationToken stop)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return write();
            }
            catch (Exception e) when (e is I2VException { Code: ErrorCode.StorageFull } or SqliteException or IOException or UnauthorizedAccessException)
            {
                LogNotWritten(log, job.Name, e.Message);
            }
            await Task.Delay(pause, time, stop);
        }
    }

    /// <summary>Does a write that gives nothing back.</summary>
    /// <exception cref="LostTermException">The job belongs to another process now.</exception>
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

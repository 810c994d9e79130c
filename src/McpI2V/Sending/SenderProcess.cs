using System.Collections.Concurrent;
using System.Text.Json;
using McpI2V.Engine;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Processes;
using Microsoft.Extensions.Logging;

namespace McpI2V.Sending;

/// <summary>
/// The server's end of the process that sends requests whose answer is the result (<c>mcp-i2v send</c>). It is started with
/// the first of them, sends many at once, and outlives the server until the last answer is on the disk.
/// </summary>
internal sealed partial class SenderProcess(LibraryOptions library, ILogger<SenderProcess> log) : ISendElsewhere, IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<SenderLine>> waiting = new();
    private CompanionProcess? process;
    private Task listening = Task.CompletedTask;
    private long last;

    /// <inheritdoc/>
    public bool IsOnItsWay(string attemptKey) => AnswerUnderWay.IsSeen(library, attemptKey);

    /// <inheritdoc/>
    public async Task<IReadyRequest> PrepareAsync(Job job, CancellationToken jobCancelled)
    {
        var id = Interlocked.Increment(ref last);
        var answer = await AskAsync(new SenderLine(id, "prepare") { Job = job.Id }, jobCancelled);
        return answer.Says == "ready" ? new Ready(this, id) : throw answer.ToException();
    }

    /// <summary>Lets go of the process, which finishes what it has sent.</summary>
    public ValueTask DisposeAsync()
    {
        process?.Dispose();
        gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SenderLine> AskAsync(SenderLine line, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<SenderLine>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[line.Id] = answer;
        try
        {
            await WriteAsync(line, cancellationToken);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or MediaException)
        {
            throw Ended(e);
        }
        finally
        {
            waiting.TryRemove(line.Id, out _);
        }
    }

    private async Task WriteAsync(SenderLine line, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (process is null)
            {
                process = Start();
                listening = Task.WhenAll(ListenAsync(process), RelayAsync(process.Errors));
            }
            await process.Input.WriteLineAsync(JsonSerializer.Serialize(line, SenderJson.Default.SenderLine));
            await process.Input.FlushAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    // As a program of its own, or as a library that dotnet runs.
    private static CompanionProcess Start()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? CompanionProcess.Start(program, [Path.Combine(AppContext.BaseDirectory, "mcp-i2v.dll"), "send"])
            : CompanionProcess.Start(program, ["send"]);
    }

    // Until the process ends. Whoever waits then does not know what became of a request that was sent.
    private async Task ListenAsync(CompanionProcess from)
    {
        try
        {
            while (await from.Output.ReadLineAsync() is { } text)
            {
                if (JsonSerializer.Deserialize(text, SenderJson.Default.SenderLine) is { } line
                    && waiting.TryGetValue(line.Id, out var answer))
                {
                    answer.TrySetResult(line);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or JsonException)
        {
            LogEnded(log, e);
        }
        await gate.WaitAsync();
        process = process == from ? null : process;
        gate.Release();
        foreach (var answer in waiting.Values)
        {
            answer.TrySetException(Ended(null));
        }
    }

    private static async Task RelayAsync(StreamReader errors)
    {
        try
        {
            while (await errors.ReadLineAsync() is { } line)
            {
                await Console.Error.WriteLineAsync(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It is gone, or we are going.
        }
    }

    private static ProviderException Ended(Exception? e) => new(
        ErrorCode.ProviderFailed,
        "the process that sends requests ended",
        Acceptance.Unknown,
        e) { IsPassing = true };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The process that sends requests can't be heard any more")]
    private static partial void LogEnded(ILogger logger, Exception exception);

    private sealed class Ready(SenderProcess sender, long id) : IReadyRequest
    {
        public System.Text.Json.Nodes.JsonObject? Body => null;

        public async Task<Submission> SendAsync(CancellationToken leaving)
        {
            var answer = await sender.AskAsync(new SenderLine(id, "send"), leaving);
            return answer.Says == "taken" ? new Submission(answer.Task!) : throw answer.ToException();
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await sender.WriteAsync(new SenderLine(id, "drop"), CancellationToken.None);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or MediaException)
            {
                // It ended, and with it what it held.
            }
        }
    }
}

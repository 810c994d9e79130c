using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpI2V.Engine;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Providers;
using McpI2V.Hosting;
using McpI2V.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Commands;

/// <summary>
/// The process that sends requests whose answer is the result. It belongs to no chat: in a session of its own, deaf to the
/// signals by which clients end their servers, it finishes what it has sent and then ends.
/// </summary>
internal sealed partial class SendCommand(Lazy<RequestSender> sender, TextWriter output, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<long, IReadyRequest> ready = new();
    private readonly ConcurrentDictionary<long, Task> sending = new();
    private readonly ConcurrentDictionary<Task, byte> working = new();
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>Sends until the server is gone, or has had nothing to send for a minute, and every answer is here.</summary>
    public static async Task<int> RunAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = BeginSession();
        }
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        await using var services = Composition.Build();
        // Telemetry, where it is asked for.
        await Task.WhenAll(services.GetServices<IHostedService>().Select(s => s.StartAsync(CancellationToken.None)));
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
        };
        // Nothing but lines of the server's may reach stdout.
        Console.SetOut(Console.Error);
        using var input = new StreamReader(Console.OpenStandardInput());
        using var command = new SendCommand(services.GetRequiredService<Lazy<RequestSender>>(), output, TimeProvider.System);
        await command.ServeAsync(input);
        return 0;

        static void Ignore(PosixSignalContext signal) => signal.Cancel = true;
    }

    /// <summary>Nothing is said any more.</summary>
    public void Dispose() => writing.Dispose();

    private async Task ServeAsync(StreamReader input)
    {
        var next = input.ReadLineAsync();
        while (true)
        {
            using var idle = new CancellationTokenSource();
            if (await Task.WhenAny(next, Task.Delay(IdleFor, time, idle.Token)) != next)
            {
                if (ready.IsEmpty && working.IsEmpty)
                {
                    break;
                }
                continue;
            }
            await idle.CancelAsync();
            if (await next is not { } text)
            {
                break;
            }
            if (JsonSerializer.Deserialize(text, SenderJson.Default.SenderLine) is { } line)
            {
                Begin(line);
            }
            next = input.ReadLineAsync();
        }
        // The server is gone: what was not sent is not sent any more, what was is finished.
        await Task.WhenAll(working.Keys);
        foreach (var request in ready.Values)
        {
            await request.DisposeAsync();
        }
    }

    private void Begin(SenderLine line)
    {
        var work = Task.Run(() => line.Says switch
        {
            "prepare" => PrepareAsync(line),
            "send" => SendAsync(line),
            _ => DropAsync(line),
        });
        working[work] = 0;
        if (line.Says == "send")
        {
            sending[line.Id] = work;
        }
        _ = work.ContinueWith(done => working.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task PrepareAsync(SenderLine line)
    {
        try
        {
            ready[line.Id] = await sender.Value.PrepareAsync(line.Job!.Value, CancellationToken.None);
            await SayAsync(new SenderLine(line.Id, "ready"));
        }
        catch (ProviderException e)
        {
            await SayAsync(SenderLine.Refused(line.Id, e));
        }
        catch (Exception e)
        {
            var told = e as I2VException ?? (e as Media.MediaException is { } media ? I2VException.From(media) : I2VException.FromDisk(e));
            await SayAsync(new SenderLine(line.Id, "invalid")
            {
                Code = told?.Code,
                Message = told?.Message ?? $"The request could not be prepared ({e.GetType().Name}).",
                Argument = told?.Argument,
            });
        }
    }

    private async Task SendAsync(SenderLine line)
    {
        if (!ready.TryGetValue(line.Id, out var request))
        {
            await SayAsync(SenderLine.Refused(
                line.Id,
                new ProviderException(ErrorCode.ProviderFailed, "the request was given up before it was sent", Acceptance.No)
                {
                    IsPassing = true,
                }));
            return;
        }
        try
        {
            var taken = await request.SendAsync(CancellationToken.None);
            await SayAsync(new SenderLine(line.Id, "taken") { Task = taken.Task });
        }
        catch (ProviderException e)
        {
            await SayAsync(SenderLine.Refused(line.Id, e));
        }
        catch (Exception e)
        {
            await SayAsync(SenderLine.Refused(
                line.Id,
                new ProviderException(
                    ErrorCode.ProviderFailed,
                    $"the answer could not be kept ({e.GetType().Name})",
                    Acceptance.Unknown,
                    e)));
        }
    }

    // What was sent is not given up: a server that leaves only says that it waits no more.
    private async Task DropAsync(SenderLine line)
    {
        if (sending.TryRemove(line.Id, out var sent))
        {
            await sent;
        }
        if (ready.TryRemove(line.Id, out var request))
        {
            await request.DisposeAsync();
        }
    }

    private async Task SayAsync(SenderLine line)
    {
        await writing.WaitAsync();
        try
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(line, SenderJson.Default.SenderLine));
        }
        catch (IOException)
        {
            // The server is gone; what became of it is noted beside the database.
        }
        finally
        {
            writing.Release();
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int BeginSession();
}

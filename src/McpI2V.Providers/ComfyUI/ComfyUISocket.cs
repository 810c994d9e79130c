using System.Net.WebSockets;
using System.Text.Json.Nodes;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ComfyUI;

/// <summary>
/// How far workflows are, as their server tells it by itself: one socket as long as any is looked at. Where it is refused, or breaks,
/// nothing is told until it can be opened again, and whether a workflow is over is always asked.
/// </summary>
/// <param name="http">The way to the server.</param>
/// <param name="client">Who is told: what was sent under this name.</param>
/// <param name="time">The time.</param>
internal sealed class ComfyUISocket(ProviderHttp http, string client, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan NobodyLooks = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilTriedAgain = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, WorkflowProgress> followed = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private CancellationTokenSource? listening;
    private long? brokeAt;
    private bool isOpen;
    private bool isDisposed;

    /// <summary>Under which a workflow is sent, to be told of it.</summary>
    public string Client => client;

    /// <summary>Hears of a workflow from now on.</summary>
    /// <param name="id">The id that it was sent with.</param>
    /// <param name="graph">Its nodes; asked for once.</param>
    public void Follow(string id, Func<JsonObject> graph)
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }
            if (!followed.ContainsKey(id))
            {
                followed[id] = new WorkflowProgress(graph());
            }
            if (listening is null && (brokeAt is not { } then || time.GetElapsedTime(then) >= UntilTriedAgain))
            {
                listening = new CancellationTokenSource(NobodyLooks, time);
                _ = ListenAsync(listening);
            }
            listening?.CancelAfter(NobodyLooks);
        }
    }

    /// <summary>0 to 1; null: the server does not tell.</summary>
    public double? Of(string id)
    {
        lock (gate)
        {
            return isOpen ? followed.GetValueOrDefault(id)?.Fraction : null;
        }
    }

    /// <summary>Hears no more of a workflow; after the last the socket is closed.</summary>
    public void Forget(string id)
    {
        lock (gate)
        {
            followed.Remove(id);
            if (followed.Count == 0)
            {
                listening?.CancelAfter(TimeSpan.Zero);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            listening?.CancelAfter(TimeSpan.Zero);
        }
    }

    // Ends by itself: closed, broken, or by its token.
    private async Task ListenAsync(CancellationTokenSource until)
    {
        await Task.Yield();
        try
        {
            using var socket = await http.OpenSocketAsync("ws?clientId=" + client, until.Token);
            Note(open: true);
            while (await socket.NextAsync(until.Token) is { } message)
            {
                Hear(message);
            }
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException)
        {
            // Nothing depends on it: it is tried again while anybody looks.
        }
        finally
        {
            Note(open: false);
        }
    }

    private void Note(bool open)
    {
        lock (gate)
        {
            isOpen = open;
            if (open)
            {
                return;
            }
            brokeAt = time.GetTimestamp();
            if (listening!.IsCancellationRequested)
            {
                brokeAt = null;
                followed.Clear();
            }
            listening.Dispose();
            listening = null;
        }
    }

    private void Hear(JsonObject message)
    {
        if (message["data"] is not JsonObject data || data["prompt_id"]?.ToString() is not { } id)
        {
            return;
        }
        lock (gate)
        {
            followed.GetValueOrDefault(id)?.Hear(message["type"]?.ToString() ?? "", data);
        }
    }
}

using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.ComfyUI;

/// <summary>
/// What a ComfyUI tells over its socket (server.py, execution.py and progress.py, about 0.38.1): of each workflow of the client which of
/// its nodes runs and how far it is, with a picture of it between.
/// </summary>
/// <param name="socket">The socket.</param>
/// <param name="tellsStates">True for a server that tells all nodes at once, beside one by one.</param>
/// <param name="breaks">True if it breaks once it has told of a step.</param>
internal sealed class ComfyUIEvents(WebSocket socket, bool tellsStates, bool breaks)
{
    private const int Steps = 20;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    // Big-endian: 1 is a picture, then 1 is JPEG.
    private static readonly byte[] Preview = [0, 0, 0, 1, 0, 0, 0, 1, 0xFF, 0xD8, 0xFF, 0xD9];
    private readonly Dictionary<string, int> told = new(StringComparer.Ordinal);

    /// <summary>Tells until the client has gone.</summary>
    public async Task TellAsync(Func<IEnumerable<SimTask>> mine, CancellationToken gone)
    {
        try
        {
            await SendAsync("status", new JsonObject { ["status"] = new JsonObject { ["exec_info"] = new JsonObject() } }, gone);
            var closing = socket.ReceiveAsync(new byte[100], gone);
            while (!closing.IsCompleted)
            {
                foreach (var task in mine().ToList())
                {
                    if (await TellAsync(task, gone) && breaks)
                    {
                        socket.Abort();
                        return;
                    }
                }
                await Task.Delay(Between, TimeProvider.System, gone);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has gone.
        }
    }

    // True if a step was told.
    private async Task<bool> TellAsync(SimTask task, CancellationToken gone)
    {
        var now = TimeProvider.System.GetUtcNow();
        var nodes = JsonNode.Parse(task.Notes["nodes"])!.AsObject().Select(n => n.Key).ToList();
        var all = nodes.Count * Steps;
        var (before, begins) = (told.GetValueOrDefault(task.Id), !told.ContainsKey(task.Id));
        switch (task.At(now))
        {
            case SimState.Working:
                var at = Math.Min((int)(task.Progress(now) * all), all - 1);
                if (begins)
                {
                    await SendAsync("execution_start", Of(task), gone);
                    await SendAsync("execution_cached", Of(task, ("nodes", new JsonArray())), gone);
                }
                if (!begins && at == before)
                {
                    return false;
                }
                told[task.Id] = at;
                if (begins || at / Steps != before / Steps)
                {
                    await SendAsync("executing", Of(task, ("node", nodes[at / Steps])), gone);
                }
                await SendStepAsync(task, nodes, at, gone);
                return true;
            case SimState.Done when !begins && before < all:
                told[task.Id] = all;
                await SendAsync("executing", Of(task, ("node", null)), gone);
                await SendAsync("execution_success", Of(task), gone);
                return false;
            default:
                return false;
        }
    }

    private async Task SendStepAsync(SimTask task, List<string> nodes, int at, CancellationToken gone)
    {
        await SendAsync("progress", Of(task, ("node", nodes[at / Steps]), ("value", at % Steps), ("max", Steps)), gone);
        await socket.SendAsync(Preview, WebSocketMessageType.Binary, endOfMessage: true, gone);
        if (tellsStates)
        {
            JsonObject states = [];
            for (var i = 0; i <= at / Steps; i++)
            {
                var isDone = i < at / Steps;
                states[nodes[i]] = new JsonObject
                {
                    ["value"] = isDone ? Steps : at % Steps,
                    ["max"] = Steps,
                    ["state"] = isDone ? "finished" : "running",
                    ["node_id"] = nodes[i],
                    ["prompt_id"] = task.Id,
                };
            }
            await SendAsync("progress_state", Of(task, ("nodes", states)), gone);
        }
    }

    private static JsonObject Of(SimTask task, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var data = new JsonObject { ["prompt_id"] = task.Id };
        foreach (var (name, value) in members)
        {
            data[name] = value;
        }
        return data;
    }

    private Task SendAsync(string type, JsonObject data, CancellationToken gone) => socket.SendAsync(
        Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["data"] = data }.ToJsonString()),
        WebSocketMessageType.Text,
        endOfMessage: true,
        gone);
}

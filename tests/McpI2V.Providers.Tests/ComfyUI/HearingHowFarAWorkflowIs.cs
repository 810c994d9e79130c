using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.ComfyUI;
using McpI2V.Providers.Contract;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.ComfyUI;

/// <summary>What a ComfyUI tells over its socket becomes the progress of a job; without it the state is asked for all the same.</summary>
public sealed class HearingHowFarAWorkflowIs
{
    private const string Id = "0b6d0c1e-6f0e-4c7e-9a51-6f3c1f1f7a10";
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    private static readonly JsonObject Graph = JsonNode.Parse("""
        {"1": {"inputs": {}}, "2": {"inputs": {"steps": 8}}, "3": {"inputs": {"steps": ["1", 0]}}}
        """)!.AsObject();

    private readonly JumpingTime time = new();
    private string state = "in_progress";

    [Theory]
    [InlineData("""execution_start {}""", 0)]
    [InlineData("""execution_cached {"nodes": ["1"]}""", 0.1)]
    [InlineData("""executing {"node": "1"} executing {"node": "2"} progress {"node": "2", "value": 4, "max": 8}""", 0.5)]
    [InlineData("""executing {"node": "1"} executing {"node": "2"} executing {"node": "3"} executing {"node": null}""", 1)]
    [InlineData("""executing {"node": "3"}""", 0.1)]
    [InlineData("""executed {"node": "2", "output": {"images": []}}""", 0.8)]
    [InlineData("""progress_state {"nodes": {"1": {"value": 1, "max": 1, "state": "finished"}, "2": {"value": 6, "max": 8, "state": "running"}}}""", 0.7)]
    [InlineData("""progress_state {"nodes": {"2:7": {"value": 1, "max": 2, "state": "running"}, "1": {"state": "finished"}}}""", 0.1)]
    [InlineData("""progress {"node": "2", "value": 900, "max": 8} progress {"node": "2", "value": 1, "max": 0} progress {"node": {}, "value": "x"}""", 0.8)]
    public void A_node_counts_as_many_as_it_has_steps(string told, double share)
    {
        var progress = new WorkflowProgress(Graph);

        foreach (var (type, data) in Messages(told))
        {
            progress.Hear(type, data);
        }

        Assert.Equal(share, progress.Fraction!.Value, 6);
    }

    [Fact]
    public void Nothing_is_told_of_a_workflow_that_is_not_known()
    {
        var progress = new WorkflowProgress([]);

        progress.Hear("executing", new JsonObject { ["node"] = "1" });

        Assert.Null(progress.Fraction);
    }

    [Fact]
    public async Task The_server_tells_and_everybody_elses_words_pictures_and_nonsense_are_passed_over()
    {
        List<string> clients = [];
        await using var server = await ServerAsync(async (context, socket) =>
        {
            clients.Add(context.Request.Query["clientId"].ToString());
            await SendAsync(socket, """{"type": "status", "data": {"status": {}}}""");
            await SendAsync(socket, $$$"""{"type": "executed", "data": {"prompt_id": "somebody's", "node": "11"}}""");
            await SendAsync(socket, "no JSON");
            await SendAsync(socket, "[]");
            await SendAsync(socket, new string(' ', 1_500_000) + "{}");
            await socket.SendAsync(new byte[40_000], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            await SendAsync(socket, Told("11", 10));
            await GoneAsync(socket);
        });
        using var provider = Provider(server.Origin);

        var share = await UntilAsync(provider, s => s.Progress is > 0);
        state = "pending";
        var waiting = await LookAsync(provider);

        Assert.Equal(OfFirstSampler(10), share.Progress!.Value, 6);
        Assert.Equal((RemoteState.Waiting, 0), (waiting.State, waiting.Progress));
        Assert.True(Guid.TryParse(Assert.Single(clients), out _));
    }

    [Fact]
    public async Task A_server_without_the_socket_is_asked_and_not_bothered_at_every_look()
    {
        var tries = 0;
        await using var server = await LocalServer.StartAsync(context =>
        {
            tries += context.Request.Path == "/ws" ? 1 : 0;
            return AnswerAsync(context, _ => 404);
        });
        using var provider = Provider(server.Origin);

        await UntilAsync(provider, _ => tries > 0);
        var looks = new List<RemoteStatus>();
        for (var i = 0; i < 20; i++)
        {
            looks.Add(await LookAsync(provider));
        }

        Assert.All(looks, s => Assert.Equal((RemoteState.Working, null), (s.State, s.Progress)));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_socket_that_breaks_is_opened_again_and_known_meanwhile_to_tell_nothing()
    {
        var opened = 0;
        await using var server = await ServerAsync(async (_, socket) =>
        {
            opened++;
            await SendAsync(socket, Told("11", opened == 1 ? 5 : 15));
            if (opened > 1)
            {
                await GoneAsync(socket);
                return;
            }
            // Heard before it breaks.
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            socket.Abort();
        });
        using var provider = Provider(server.Origin);

        var first = await UntilAsync(provider, s => s.Progress is > 0);
        var meanwhile = await UntilAsync(provider, s => s.Progress is null);
        time.Jump(TimeSpan.FromSeconds(11));
        var again = await UntilAsync(provider, s => s.Progress > first.Progress);

        Assert.Equal(RemoteState.Working, meanwhile.State);
        Assert.Equal(OfFirstSampler(15), again.Progress!.Value, 6);
        Assert.Equal(2, opened);
    }

    [Fact]
    public async Task It_is_closed_after_the_last_workflow()
    {
        var closed = new TaskCompletionSource();
        await using var server = await ServerAsync(async (_, socket) =>
        {
            await SendAsync(socket, Told("11", 5));
            await GoneAsync(socket);
            closed.SetResult();
        });
        using var provider = Provider(server.Origin);
        await UntilAsync(provider, s => s.Progress is > 0);

        state = "cancelled";
        await LookAsync(provider);

        await closed.Task.WaitAsync(LongEnough, TimeProvider.System);
    }

    // Two samplers of twenty steps each among thirteen other nodes (wan-2.2-i2v.json); eight of those lead to the first.
    private static double OfFirstSampler(int steps) => (8.0 + steps) / 53;

    private static IEnumerable<(string Type, JsonObject Data)> Messages(string told)
    {
        foreach (var part in System.Text.RegularExpressions.Regex.Split(told, @" (?=[a-z_]+ \{)"))
        {
            var at = part.IndexOf(' ', StringComparison.Ordinal);
            yield return (part[..at], JsonNode.Parse(part[at..])!.AsObject());
        }
    }

    private static string Told(string node, int value) =>
        $$$"""{"type": "progress", "data": {"prompt_id": "{{{Id}}}", "node": "{{{node}}}", "value": {{{value}}}, "max": 20}}""";

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task GoneAsync(WebSocket socket)
    {
        try
        {
            await socket.ReceiveAsync(new byte[100], CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The client has gone.
        }
    }

    private Task<LocalServer> ServerAsync(Func<HttpContext, WebSocket, Task> tell) => LocalServer.StartAsync(async context =>
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await tell(context, socket);
            return;
        }
        await AnswerAsync(context, path => path == "/api/jobs/" + Id ? 200 : 404);
    });

    private Task AnswerAsync(HttpContext context, Func<string, int> status)
    {
        var isJob = context.Request.Path == "/api/jobs/" + Id;
        context.Response.StatusCode = isJob ? 200 : status(context.Request.Path.Value!);
        return context.Response.WriteAsync(isJob ? $$"""{"id": "{{Id}}", "status": "{{state}}"}""" : "{}");
    }

    private ComfyUIProvider Provider(Uri origin) => (ComfyUIProvider)ComfyUIRegistration.Descriptor.Create(
        new ProviderOptions { Name = "comfyui", BaseUrl = origin },
        time).Provider;

    private static Task<RemoteStatus> LookAsync(ComfyUIProvider provider) => provider.GetStatusAsync(
        new RemoteTask(Id),
        new GenerationOrder
        {
            Key = Id,
            Capability = Capability.ImageToVideo,
            Model = new WorkflowFolder(null).Rows().Single(m => m.Id == "comfyui:wan-2.2-i2v"),
            Settings = new ModelSettings(),
            Prompt = "",
        },
        CancellationToken.None);

    private static async Task<RemoteStatus> UntilAsync(ComfyUIProvider provider, Func<RemoteStatus, bool> isSo)
    {
        using var patience = new CancellationTokenSource(LongEnough, TimeProvider.System);
        while (true)
        {
            var now = await LookAsync(provider);
            if (isSo(now))
            {
                return now;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private sealed class JumpingTime : TimeProvider
    {
        private long jumped;

        public void Jump(TimeSpan by) => Interlocked.Add(ref jumped, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref jumped);
    }
}

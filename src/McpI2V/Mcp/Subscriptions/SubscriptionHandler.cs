using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpI2V.Access;
using McpI2V.Engine.Jobs;
using McpI2V.Http.Requests;
using McpI2V.Mcp.Tasks;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Subscriptions;

/// <summary>
/// Answers <c>subscriptions/listen</c> (2026-07-28): says which of the wanted notifications there will be, then sends them until
/// the client goes. Every one carries the subscription's id. There are those of tasks (SEP-2663), and of lists that can change.
/// </summary>
internal sealed class SubscriptionHandler(
    IMcpTaskStore tasks,
    JobSignal signal,
    TimeProvider time,
    McpServerPrimitiveCollection<McpServerTool>? tools = null,
    McpServerPrimitiveCollection<McpServerPrompt>? prompts = null)
{
    private const int MostTasks = 200;
    private const int MostOfOneCaller = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastBetweenLooks = TimeSpan.FromMilliseconds(200);
    private readonly CallerPlaces places = new(MostOfOneCaller);

    /// <summary>Tells what changes until the client goes.</summary>
    public async ValueTask<EmptyResult> ListenAsync(
        RequestContext<SubscriptionsListenRequestParams> request,
        CancellationToken cancellationToken)
    {
        using var place = places.TryTake(CallerClaims.NameOf(request.User))
            ?? throw new McpProtocolException(
                $"This caller has {MostOfOneCaller} subscriptions open, as many as one may have. Close one first.",
                McpErrorCode.InvalidRequest);
        var wanted = (request.JsonRpcRequest.Params as JsonObject)?["notifications"] as JsonObject;
        var accepted = new JsonObject();
        var changes = Channel.CreateUnbounded<(string Method, JsonObject Parameters)>();
        using var ofTools = Watch(tools, "toolsListChanged", NotificationMethods.ToolListChangedNotification);
        using var ofPrompts = Watch(prompts, "promptsListChanged", NotificationMethods.PromptListChangedNotification);
        var followed = TaskProtocol.IsDeclaredBy(request.JsonRpcRequest)
            ? await FindAsync(wanted?["taskIds"] as JsonArray, request.User, cancellationToken)
            : [];
        if (followed.Count > 0)
        {
            accepted["taskIds"] = new JsonArray([.. followed.Select(t => JsonValue.Create(t.Id))]);
        }
        await SendAsync(
            request,
            NotificationMethods.SubscriptionsAcknowledgedNotification,
            new JsonObject { ["notifications"] = accepted },
            cancellationToken);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = FollowAsync(followed, request.User, changes.Writer, ends.Token);
        try
        {
            await foreach (var (method, parameters) in changes.Reader.ReadAllAsync(cancellationToken))
            {
                await SendAsync(request, method, parameters, cancellationToken);
            }
        }
        finally
        {
            await ends.CancelAsync();
            await following;
        }
        return new EmptyResult();

        IDisposable? Watch<T>(McpServerPrimitiveCollection<T>? list, string name, string method)
            where T : class, IMcpServerPrimitive
        {
            if (list is null || wanted?[name] is not JsonValue value || value.GetValueKind() != JsonValueKind.True)
            {
                return null;
            }
            accepted[name] = true;
            return new ListWatch<T>(list, () => changes.Writer.TryWrite((method, [])));
        }
    }

    // How each stands now, and whenever that changes; what is over or gone is not looked at again.
    private async Task FollowAsync(
        IReadOnlyList<TaskState> followed,
        ClaimsPrincipal? caller,
        ChannelWriter<(string, JsonObject)> changes,
        CancellationToken cancellationToken)
    {
        void Tell(TaskState now) => changes.TryWrite((TaskProtocol.Notification, TaskResult.OfNotification(now)));
        try
        {
            var news = signal.Next;
            foreach (var state in followed)
            {
                Tell(state);
            }
            var open = followed.Where(t => !t.IsOver).ToDictionary(t => t.Id);
            while (open.Count > 0)
            {
                await JobSignal.WaitAsync(news, signal.LookEvery(LookEvery), time, cancellationToken);
                await Task.Delay(LeastBetweenLooks, time, cancellationToken);
                news = signal.Next;
                foreach (var before in open.Values.ToList())
                {
                    var now = await tasks.FindAsync(before.Id, caller, cancellationToken);
                    if (now is not null
                        && (before.Status, before.Message, before.Questions.Count) != (now.Status, now.Message, now.Questions.Count))
                    {
                        Tell(now);
                    }
                    if (now is null or { IsOver: true })
                    {
                        open.Remove(before.Id);
                    }
                    else
                    {
                        open[before.Id] = now;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
        catch (Exception e)
        {
            changes.TryComplete(e);
        }
    }

    private async Task<IReadOnlyList<TaskState>> FindAsync(JsonArray? ids, ClaimsPrincipal? caller, CancellationToken cancellationToken)
    {
        List<TaskState> found = [];
        foreach (var id in (ids ?? []).Select(i => i?.ToString() ?? "").Distinct(StringComparer.Ordinal).Take(MostTasks))
        {
            if (await tasks.FindAsync(id, caller, cancellationToken) is { } state)
            {
                found.Add(state);
            }
        }
        return found;
    }

    private static Task SendAsync(
        RequestContext<SubscriptionsListenRequestParams> request,
        string method,
        JsonObject parameters,
        CancellationToken cancellationToken)
    {
        parameters["_meta"] = new JsonObject { [MetaKeys.SubscriptionId] = request.JsonRpcRequest.Id.ToString() };
        return request.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellationToken);
    }
}

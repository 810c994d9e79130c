using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine;
using McpI2V.Engine.Jobs;
using McpI2V.Providers.Local;
using McpI2V.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Protocol.Tasks;

/// <summary>
/// Calls of tools that make jobs, as tasks over the library's durable jobs: they outlive the connection and the process, and
/// ask for the user's agreement to a price where it is needed.
/// </summary>
internal sealed class FollowedToolCalls(ProgramRooms rooms, ToolDesk tools) : ITaskKeeper
{
    private static readonly TimeSpan LocalPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RemotePoll = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Task> resuming = new(StringComparer.Ordinal);

    private static JsonTypeInfo<CallToolResult> ResultType => (JsonTypeInfo<CallToolResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult));

    private FollowedCalls Calls => rooms.Followed;

    /// <inheritdoc/>
    public async ValueTask<TaskBeginning?> BeginAsync(RequestContext<CallToolRequestParams> request, bool mayFollow, CancellationToken cancellationToken)
    {
        if (!mayFollow || tools.Followable(request.Params?.Name) is not { } face)
        {
            return null;
        }
        var arguments = new JsonObject((request.Params?.Arguments ?? new Dictionary<string, JsonElement>()).Select(a => new KeyValuePair<string, JsonNode?>(a.Key, JsonNode.Parse(a.Value.GetRawText()))));
        var owner = tools.OwnerOf(request.User);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        if (Begin(id, owner, face, arguments) is { } refused)
        {
            return new TaskBeginning(null, refused);
        }
        IReadOnlyList<string> folders = [];
        var asked = tools.CallOf(request);
        var call = asked with
        {
            Follow = id,
            Roots = async token => folders = await asked.Roots(token),
            Consent = asked.Consent with { Ask = asked.Consent.Ask is null ? null : (usd, refusal) => throw new PriceQuestionException(usd, refusal) },
        };
        CallToolResult result;
        try
        {
            result = await tools.RunAsync(face, () => call, cancellationToken, ToolDesk.TraceOf(request));
        }
        catch (PriceQuestionException e)
        {
            Calls.Ask(id, e.Usd, e.Message, folders);
            return new TaskBeginning(await StateAsync(Calls.Find(id, owner)!, cancellationToken), null);
        }
        if (Calls.Find(id, owner) is { HasWork: true } followed && JobsOf(followed).Any(IsAtWork))
        {
            return new TaskBeginning(await StateAsync(followed, cancellationToken), null);
        }
        Calls.Forget(id);
        return new TaskBeginning(null, result);
    }

    /// <inheritdoc/>
    public async ValueTask<TaskState?> FindAsync(string id, ClaimsPrincipal? caller, CancellationToken cancellationToken)
    {
        if (Calls.Find(id, tools.OwnerOf(caller)) is not { } followed)
        {
            return null;
        }
        if (IsAnswered(followed))
        {
            // The process that took the user's answer died before it had acted on it.
            await GoOnAsync(followed, caller);
            followed = Calls.Find(id, followed.Owner)!;
        }
        return await StateAsync(followed, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> AnswerAsync(string id, ClaimsPrincipal? caller, JsonObject responses, CancellationToken cancellationToken)
    {
        if (Calls.Find(id, tools.OwnerOf(caller)) is not { } followed)
        {
            return false;
        }
        if (followed.AsksUsd is not null && responses[KeyOf(followed)] is { } response && Calls.Answer(id, followed.Question, PriceQuestion.IsYes(JsonElement.Parse(response.ToJsonString()))))
        {
            await GoOnAsync(Calls.Find(id, followed.Owner)!, caller);
        }
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<bool> CancelAsync(string id, ClaimsPrincipal? caller, CancellationToken cancellationToken)
    {
        if (Calls.Find(id, tools.OwnerOf(caller)) is not { } followed)
        {
            return ValueTask.FromResult(false);
        }
        Calls.Cancel(id);
        // The same call may have been another's a moment before: what they asked for goes on.
        foreach (var job in JobsOf(followed).Where(j => j.Owner == followed.Owner || tools.MayChangeOthers(caller)))
        {
            rooms.Tools.Cancellation.Request(job.Id);
        }
        return ValueTask.FromResult(true);
    }

    // What the client follows by an id is written down before anything is done; a library that can't be written refuses the call.
    private CallToolResult? Begin(string id, string owner, ToolFace face, JsonObject arguments)
    {
        try
        {
            Calls.Begin(id, owner, face.Name, arguments.ToJsonString());
            return null;
        }
        catch (I2VException e)
        {
            return tools.Result(Answers.AnswerComposer.OfError(e));
        }
    }

    // Once at a time in this process; two processes at once find one job, for a followed call queues once.
    private async Task GoOnAsync(FollowedCall followed, ClaimsPrincipal? caller)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = resuming.GetOrAdd(followed.Id, mine.Task);
        if (first != mine.Task)
        {
            await first;
            return;
        }
        try
        {
            // Past the user's answer it is finished whether or not the client stays.
            await RunAgainAsync(followed, caller, CancellationToken.None);
        }
        finally
        {
            resuming.TryRemove(followed.Id, out _);
            mine.SetResult();
        }
    }

    private async Task RunAgainAsync(FollowedCall followed, ClaimsPrincipal? caller, CancellationToken cancellationToken)
    {
        var face = tools.Followable(followed.Tool)!;
        var arguments = JsonSerializer.Deserialize(followed.Arguments, (JsonTypeInfo<Dictionary<string, JsonElement>>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Dictionary<string, JsonElement>)))!;
        ToolCall Call() => new(new Arguments(arguments), _ => Task.FromResult(followed.Folders), (_, _) => Task.CompletedTask)
        {
            Follow = followed.Id,
            Owner = followed.Owner,
            MaySpend = tools.MaySpend(caller),
            MayChangeOthers = tools.MayChangeOthers(caller),
            Consent = new SpendConsent(followed.GrantedUsd, followed.IsDeclined, (usd, refusal) => throw new PriceQuestionException(usd, refusal)),
        };
        try
        {
            var result = await tools.RunAsync(face, Call, cancellationToken);
            Calls.End(followed.Id, JsonSerializer.Serialize(result, ResultType));
        }
        catch (PriceQuestionException e)
        {
            // The price has changed meanwhile.
            Calls.Ask(followed.Id, e.Usd, e.Message, followed.Folders);
        }
    }

    private async Task<TaskState> StateAsync(FollowedCall followed, CancellationToken cancellationToken)
    {
        var state = new TaskState
        {
            Id = followed.Id,
            Standing = TaskStanding.Working,
            CreatedAt = followed.CreatedAt,
            UpdatedAt = followed.UpdatedAt,
            Lifetime = FollowedCalls.Lifetime,
            PollEvery = LocalPoll,
        };
        if (followed.HasWork)
        {
            return await OfWorkAsync(state, followed, cancellationToken);
        }
        return followed switch
        {
            { IsCanceled: true } => state with { Standing = TaskStanding.Canceled },
            { Outcome: { } outcome } => state with { Standing = TaskStanding.Completed, Result = JsonNode.Parse(outcome) },
            { AsksUsd: not null, Asks: { } words } => state with
            {
                Standing = TaskStanding.InputRequired,
                Message = "Waits for the user's agreement to the price.",
                Questions = new Dictionary<string, InputRequest>(StringComparer.Ordinal) { [KeyOf(followed)] = PriceQuestion.Ask(words) },
            },
            _ => state,
        };
    }

    private async Task<TaskState> OfWorkAsync(TaskState state, FollowedCall followed, CancellationToken cancellationToken)
    {
        var jobs = JobsOf(followed);
        var ended = jobs.Max(j => j.EndedAt);
        state = state with { UpdatedAt = ended > state.UpdatedAt ? ended.Value : state.UpdatedAt };
        if (jobs.Any(IsAtWork))
        {
            return state with { Message = MessageOf(jobs), PollEvery = jobs.Any(j => j.Provider != LocalEngine.Name) ? RemotePoll : LocalPoll };
        }
        if (jobs.All(j => j.State == JobState.Canceled))
        {
            return state with { Standing = TaskStanding.Canceled, Message = jobs[0].ErrorMessage };
        }
        var desk = rooms.Tools.Desk;
        var answer = followed.Batch is { } batch ? await desk.OfBatchAsync(batch, cancellationToken) : await desk.OfJobAsync(followed.Job!.Value, cancellationToken);
        return state with { Standing = TaskStanding.Completed, Result = JsonSerializer.SerializeToNode(tools.Result(answer), ResultType) };
    }

    private IReadOnlyList<Job> JobsOf(FollowedCall followed) => followed switch
    {
        { Batch: { } batch } => rooms.Tools.Jobs.OfBatch(batch),
        { Job: { } job } => [rooms.Tools.Jobs.GetWithBefore(job)],
        _ => [],
    };

    private static string MessageOf(IReadOnlyList<Job> jobs) => jobs is [var one]
        ? string.Create(CultureInfo.InvariantCulture, $"{one.Name} \"{one.Title}\": {Media.Spelling.Of(one.State)}, {one.Progress:P0}")
        : string.Create(CultureInfo.InvariantCulture, $"{jobs.Count(j => !IsAtWork(j))} of {jobs.Count} jobs done");

    // An unconfirmed job waits for the user, not for time.
    private static bool IsAtWork(Job job) => !JobTransitions.IsTerminal(job.State) && job.State != JobState.Unconfirmed;

    private static bool IsAnswered(FollowedCall followed) => followed is { HasWork: false, AsksUsd: null, Outcome: null, IsCanceled: false } && (followed.GrantedUsd is not null || followed.IsDeclined);

    private static string KeyOf(FollowedCall followed) => string.Create(CultureInfo.InvariantCulture, $"approval-{followed.Question}");
}

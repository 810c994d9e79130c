using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Jobs.Tasks;
using McpI2V.Mcp.Calls;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Tasks;

/// <summary>
/// Calls of tools that make jobs, as tasks over the library's durable jobs: they outlive the connection and the process, and
/// ask for the user's agreement to a price where it is needed.
/// </summary>
internal sealed class JobTaskStore(Lazy<ToolServices> services, Lazy<McpTaskStore> tasks, ToolDispatcher dispatcher) : IMcpTaskStore
{
    private static readonly TimeSpan LocalPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RemotePoll = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Task> resuming = new(StringComparer.Ordinal);

    private static JsonTypeInfo<CallToolResult> ResultType =>
        (JsonTypeInfo<CallToolResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult));

    private McpTaskStore Tasks => tasks.Value;

    /// <inheritdoc/>
    public async ValueTask<ResultOrCreatedTask?> BeginAsync(
        RequestContext<CallToolRequestParams> request,
        bool mayFollow,
        CancellationToken cancellationToken)
    {
        if (!mayFollow || dispatcher.Followable(request.Params?.Name) is not { } definition)
        {
            return null;
        }
        var arguments = new JsonObject(
            (request.Params?.Arguments ?? new Dictionary<string, JsonElement>()).Select(a => new KeyValuePair<string, JsonNode?>(
                a.Key,
                JsonNode.Parse(a.Value.GetRawText()))));
        var owner = dispatcher.OwnerOf(request.User);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        if (Begin(id, owner, definition, arguments) is { } refused)
        {
            return new ResultOrCreatedTask(null, refused);
        }
        IReadOnlyList<string> folders = [];
        var asked = dispatcher.CallOf(request);
        var call = asked with
        {
            Follow = id,
            Roots = async token => folders = await asked.Roots(token),
            Consent = asked.Consent with
            {
                Ask = asked.Consent.Ask is null ? null : required => throw new PriceQuestionException(required),
            },
        };
        Answers.Answer answer;
        try
        {
            answer = await dispatcher.RunAsync(definition, () => call, cancellationToken, ToolDispatcher.TraceOf(request));
        }
        catch (PriceQuestionException e)
        {
            Tasks.Ask(id, e.Usd, e.Message, folders);
            return new ResultOrCreatedTask(await StateAsync(Tasks.Find(id, owner)!, cancellationToken), null);
        }
        if (Tasks.Find(id, owner) is { HasWork: true } task && JobsOf(task).Any(IsAtWork))
        {
            return new ResultOrCreatedTask(await StateAsync(task, cancellationToken), null);
        }
        Tasks.Forget(id);
        return new ResultOrCreatedTask(null, dispatcher.Result(answer));
    }

    /// <inheritdoc/>
    public async ValueTask<TaskState?> FindAsync(string id, ClaimsPrincipal? caller, CancellationToken cancellationToken)
    {
        if (Tasks.Find(id, dispatcher.OwnerOf(caller)) is not { } task)
        {
            return null;
        }
        if (IsAnswered(task))
        {
            // The process that took the user's answer died before it had acted on it.
            await GoOnAsync(task, caller);
            task = Tasks.Find(id, task.Owner)!;
        }
        return await StateAsync(task, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> AnswerAsync(string id, ClaimsPrincipal? caller, JsonObject responses, CancellationToken cancellationToken)
    {
        if (Tasks.Find(id, dispatcher.OwnerOf(caller)) is not { } task)
        {
            return false;
        }
        if (task.AsksUsd is not null
            && responses[KeyOf(task)] is { } response
            && Tasks.Answer(id, task.Question, PriceQuestion.IsYes(JsonElement.Parse(response.ToJsonString()))))
        {
            await GoOnAsync(Tasks.Find(id, task.Owner)!, caller);
        }
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<bool> CancelAsync(string id, ClaimsPrincipal? caller, CancellationToken cancellationToken)
    {
        if (Tasks.Find(id, dispatcher.OwnerOf(caller)) is not { } task)
        {
            return ValueTask.FromResult(false);
        }
        Tasks.Cancel(id);
        // The same call may have been another's a moment before: what they asked for goes on.
        foreach (var job in JobsOf(task).Where(j => j.Owner == task.Owner || dispatcher.MayChangeOthers(caller)))
        {
            services.Value.Cancellation.Request(job.Id);
        }
        return ValueTask.FromResult(true);
    }

    // What the client follows by an id is written down before anything is done; a library that can't be written refuses the call.
    private CallToolResult? Begin(string id, string owner, ToolDefinition definition, JsonObject arguments)
    {
        try
        {
            Tasks.Begin(id, owner, definition.Name, arguments.ToJsonString());
            return null;
        }
        catch (I2VException e)
        {
            return dispatcher.Result(Answers.AnswerComposer.OfError(e));
        }
    }

    // Once at a time in this process; two processes at once find one job, for a followed call queues once.
    private async Task GoOnAsync(McpTask task, ClaimsPrincipal? caller)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = resuming.GetOrAdd(task.Id, mine.Task);
        if (first != mine.Task)
        {
            await first;
            return;
        }
        try
        {
            // Past the user's answer it is finished whether or not the client stays.
            await RunAgainAsync(task, caller, CancellationToken.None);
        }
        finally
        {
            resuming.TryRemove(task.Id, out _);
            mine.SetResult();
        }
    }

    private async Task RunAgainAsync(McpTask task, ClaimsPrincipal? caller, CancellationToken cancellationToken)
    {
        var definition = dispatcher.Followable(task.Tool)!;
        var arguments = JsonSerializer.Deserialize(task.Arguments, TasksJson.Default.DictionaryStringJsonElement)!;
        ToolCall Call() => new(new ArgumentReader(arguments), _ => Task.FromResult(task.Folders), (_, _) => Task.CompletedTask)
        {
            Follow = task.Id,
            Owner = task.Owner,
            MaySpend = dispatcher.MaySpend(caller),
            MayChangeOthers = dispatcher.MayChangeOthers(caller),
            Consent = new SpendConsent(task.GrantedUsd, task.IsDeclined, required => throw new PriceQuestionException(required)),
        };
        try
        {
            var answer = await dispatcher.RunAsync(definition, Call, cancellationToken);
            Tasks.End(task.Id, JsonSerializer.Serialize(dispatcher.Result(answer), ResultType));
        }
        catch (PriceQuestionException e)
        {
            // The price has changed meanwhile.
            Tasks.Ask(task.Id, e.Usd, e.Message, task.Folders);
        }
    }

    private async Task<TaskState> StateAsync(McpTask task, CancellationToken cancellationToken)
    {
        var state = new TaskState
        {
            Id = task.Id,
            Status = McpTaskStatus.Working,
            CreatedAt = task.CreatedAt,
            UpdatedAt = task.UpdatedAt,
            Lifetime = McpTaskStore.Lifetime,
            PollEvery = LocalPoll,
        };
        if (task.HasWork)
        {
            return await OfWorkAsync(state, task, cancellationToken);
        }
        return task switch
        {
            { IsCanceled: true } => state with { Status = McpTaskStatus.Canceled },
            { Outcome: { } outcome } => state with { Status = McpTaskStatus.Completed, Result = JsonNode.Parse(outcome) },
            { AsksUsd: not null, Asks: { } words } => state with
            {
                Status = McpTaskStatus.InputRequired,
                Message = "Waits for the user's agreement to the price.",
                Questions = new Dictionary<string, InputRequest>(StringComparer.Ordinal) { [KeyOf(task)] = PriceQuestion.Ask(words) },
            },
            _ => state,
        };
    }

    private async Task<TaskState> OfWorkAsync(TaskState state, McpTask task, CancellationToken cancellationToken)
    {
        var jobs = JobsOf(task);
        var ended = jobs.Max(j => j.EndedAt);
        state = state with { UpdatedAt = ended > state.UpdatedAt ? ended.Value : state.UpdatedAt };
        if (jobs.Any(IsAtWork))
        {
            return state with
            {
                Message = MessageOf(jobs),
                PollEvery = jobs.Any(j => j.Provider != ModelEntry.EmbeddedProvider) ? RemotePoll : LocalPoll,
            };
        }
        if (jobs.All(j => j.State == JobState.Canceled))
        {
            return state with { Status = McpTaskStatus.Canceled, Message = jobs[0].ErrorMessage };
        }
        var desk = services.Value.Submission;
        var answer = task.Batch is { } batch
            ? await desk.OfBatchAsync(batch, cancellationToken)
            : await desk.OfJobAsync(task.Job!.Value, cancellationToken);
        return state with
        {
            Status = McpTaskStatus.Completed,
            Result = JsonSerializer.SerializeToNode(dispatcher.Result(answer), ResultType),
        };
    }

    private IReadOnlyList<Job> JobsOf(McpTask task) => task switch
    {
        { Batch: { } batch } => services.Value.Jobs.OfBatch(batch),
        { Job: { } job } => [services.Value.Jobs.GetWithBefore(job)],
        _ => [],
    };

    private static string MessageOf(IReadOnlyList<Job> jobs) => jobs is [var one]
        ? string.Create(CultureInfo.InvariantCulture, $"{one.Name} \"{one.Title}\": {Media.SnakeCase.From(one.State)}, {one.Progress:P0}")
        : string.Create(CultureInfo.InvariantCulture, $"{jobs.Count(j => !IsAtWork(j))} of {jobs.Count} jobs done");

    // An unconfirmed job waits for the user, not for time.
    private static bool IsAtWork(Job job) => !JobTransitions.IsTerminal(job.State) && job.State != JobState.Unconfirmed;

    private static bool IsAnswered(McpTask task) =>
        task is { HasWork: false, AsksUsd: null, Outcome: null, IsCanceled: false } && (task.GrantedUsd is not null || task.IsDeclined);

    private static string KeyOf(McpTask task) => string.Create(CultureInfo.InvariantCulture, $"approval-{task.Question}");
}

using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json.Nodes;
using McpI2V.Mcp.Tasks;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.ConformanceHost;

/// <summary>The suite's tasks, in memory: what the product does with durable jobs.</summary>
internal sealed class FixtureTasks : IMcpTaskStore
{
    private const string OneText = """{"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}""";
    private readonly ConcurrentDictionary<string, FixtureTask> tasks = new(StringComparer.Ordinal);

    /// <summary>What they do for a client that does not follow tasks.</summary>
    public static IEnumerable<FixtureTool> Tools()
    {
        yield return FixtureTool.Of("greet", request => FixtureTool.Text($"Hello, {FixtureTool.Argument(request, "name")}!"), OneText);
        yield return new FixtureTool(
            "slow_compute",
            """{"type": "object", "properties": {"seconds": {"type": "number"}, "label": {"type": "string"}}, "required": ["seconds"]}""",
            async (request, token) => await ComputeAsync(request, token));
        yield return new FixtureTool("failing_job", FixtureTool.NoArguments, async (_, token) => await FailAsync(token));
        yield return FixtureTool.Of("protocol_error_job", _ => FixtureTool.Text("needs a client that follows tasks", isError: true));
        yield return FixtureTool.Of(
            "confirm_delete",
            _ => FixtureTool.Text("needs a client that follows tasks", isError: true),
            """{"type": "object", "properties": {"filename": {"type": "string"}}}""");
        yield return FixtureTool.Of("multi_input", _ => FixtureTool.Text("needs a client that follows tasks", isError: true));
        yield return FixtureTool.Of(
            "test_tool_with_task",
            _ => throw InputRequiredTools.Ask(("user_name", InputRequiredTools.Name("What is your name?"))));
    }

    public ValueTask<ResultOrCreatedTask?> BeginAsync(
        RequestContext<CallToolRequestParams> request,
        bool mayFollow,
        CancellationToken cancellationToken)
    {
        var name = request.Params?.Name;
        if (!mayFollow && name is ("failing_job" or "test_tool_with_task"))
        {
            throw TaskProtocol.NotDeclared();
        }
        return ValueTask.FromResult(mayFollow && WorkOf(name, request) is { } work ? new ResultOrCreatedTask(Add(work), null) : null);
    }

    public ValueTask<TaskState?> FindAsync(string id, ClaimsPrincipal? caller, CancellationToken cancellationToken) =>
        ValueTask.FromResult(tasks.TryGetValue(id, out var task) ? task.State : null);

    public ValueTask<bool> AnswerAsync(string id, ClaimsPrincipal? caller, JsonObject responses, CancellationToken cancellationToken)
    {
        var isThere = tasks.TryGetValue(id, out var task);
        task?.Answer(responses);
        return ValueTask.FromResult(isThere);
    }

    public async ValueTask<bool> CancelAsync(string id, ClaimsPrincipal? caller, CancellationToken cancellationToken)
    {
        if (!tasks.TryGetValue(id, out var task))
        {
            return false;
        }
        await task.CancelAsync();
        return true;
    }

    private TaskState Add(Func<FixtureTask, CancellationToken, Task<CallToolResult>> work)
    {
        var task = new FixtureTask(work);
        tasks[task.State.Id] = task;
        task.Start();
        return task.State;
    }

    private static Func<FixtureTask, CancellationToken, Task<CallToolResult>>? WorkOf(
        string? name,
        RequestContext<CallToolRequestParams> request) => name switch
    {
        "slow_compute" => (_, token) => ComputeAsync(request, token),
        "failing_job" => (_, token) => FailAsync(token),
        "protocol_error_job" => (_, _) => throw new InvalidOperationException("The job broke."),
        "confirm_delete" => async (task, token) => FixtureTool.Text(await task.AskAsync(Sure("Delete it?"), token)
            ? $"Deleted {FixtureTool.Argument(request, "filename")}"
            : "Kept"),
        "multi_input" => async (task, token) => FixtureTool.Text(
            $"Answers: {string.Join(
                ", ",
                await Task.WhenAll(task.AskAsync(Sure("The first?"), token), task.AskAsync(Sure("The second?"), token)))}"),
        "test_tool_with_task" when request.Params!.InputResponses is { } answers && answers.TryGetValue("user_name", out var answer) =>
            (_, _) => Task.FromResult(FixtureTool.Text($"Hello, {InputRequiredTools.Member(answer, "name")}!")),
        _ => null,
    };

    private static InputRequest Sure(string question) => InputRequiredTools.Elicit(
        $$$"""{"message": "{{{question}}}", "requestedSchema": {"type": "object", "properties": {"confirm": {"type": "boolean"}}, "required": ["confirm"]}}""");

    private static async Task<CallToolResult> ComputeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken)
    {
        var seconds = request.Params!.Arguments is { } arguments && arguments.TryGetValue("seconds", out var value) ? value.GetDouble() : 0;
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        return FixtureTool.Text($"Computed {FixtureTool.Argument(request, "label")}");
    }

    private static async Task<CallToolResult> FailAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        return FixtureTool.Text("The job failed.", isError: true);
    }
}

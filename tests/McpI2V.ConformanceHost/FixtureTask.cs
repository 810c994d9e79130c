using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Mcp.Tasks;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.ConformanceHost;

/// <summary>One task of the suite, in memory.</summary>
internal sealed class FixtureTask(Func<FixtureTask, CancellationToken, Task<CallToolResult>> work)
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource canceled = new();
    private readonly Dictionary<string, (InputRequest Request, TaskCompletionSource<bool> Answer)> open = [];

    public TaskState State { get; private set; } = new()
    {
        Id = Guid.NewGuid().ToString("n"),
        Status = McpTaskStatus.Working,
        CreatedAt = DateTimeOffset.UtcNow,
        UpdatedAt = DateTimeOffset.UtcNow,
        Lifetime = TimeSpan.FromMinutes(10),
        PollEvery = TimeSpan.FromMilliseconds(200),
    };

    public void Start() => _ = Task.Run(RunAsync);

    public async Task<bool> AskAsync(InputRequest question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            open[$"question-{Guid.NewGuid():n}"] = (question, answer);
            Stand();
        }
        return await answer.Task.WaitAsync(cancellationToken);
    }

    public void Answer(JsonObject responses)
    {
        lock (gate)
        {
            foreach (var (key, response) in responses)
            {
                if (open.Remove(key, out var asked))
                {
                    asked.Answer.TrySetResult(response?["action"]?.GetValue<string>() == "accept");
                }
            }
            Stand();
        }
    }

    public Task CancelAsync() => canceled.CancelAsync();

    private async Task RunAsync()
    {
        try
        {
            var result = await work(this, canceled.Token);
            End(s => s with
            {
                Status = McpTaskStatus.Completed,
                Result = JsonSerializer.SerializeToNode(result, McpJsonUtilities.DefaultOptions),
            });
        }
        catch (OperationCanceledException)
        {
            End(s => s with { Status = McpTaskStatus.Canceled });
        }
        catch (InvalidOperationException e)
        {
            End(s => s with
            {
                Status = McpTaskStatus.Failed,
                Error = new JsonObject { ["code"] = (int)McpErrorCode.InternalError, ["message"] = e.Message },
            });
        }
    }

    private void End(Func<TaskState, TaskState> end)
    {
        lock (gate)
        {
            State = end(State) with { UpdatedAt = DateTimeOffset.UtcNow };
        }
    }

    private void Stand()
    {
        if (State.Status is McpTaskStatus.Working or McpTaskStatus.InputRequired)
        {
            State = State with
            {
                Status = open.Count > 0 ? McpTaskStatus.InputRequired : McpTaskStatus.Working,
                Questions = open.ToDictionary(q => q.Key, q => q.Value.Request),
                UpdatedAt = DateTimeOffset.UtcNow,
            };
        }
    }
}

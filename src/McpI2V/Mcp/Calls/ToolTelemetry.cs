using System.Diagnostics;
using System.Diagnostics.Metrics;
using McpI2V.Answers;
using McpI2V.Answers.Structured;

namespace McpI2V.Mcp.Calls;

/// <summary>
/// What is told of calls to those who listen: which tool, how it ended, which job it made, how long it took. No argument, no answer.
/// </summary>
internal static class ToolTelemetry
{
    private const string Name = "McpI2V.Tools";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "i2v.tool.duration",
        "s",
        "How long calls took to be answered.");

    /// <summary>Makes a call while it is watched.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="parent">The trace that the client says the call is part of (<c>traceparent</c> in its metadata, SEP-414); null:
    /// none.</param>
    /// <param name="call">Makes it.</param>
    public static async Task<Answer> WatchAsync(string tool, string? parent, Func<Task<Answer>> call)
    {
        var isPart = ActivityContext.TryParse(parent, null, isRemote: true, out var context);
        // The web server keeps an activity of its own that nobody records; what is under it would not be recorded either.
        Activity.Current = null;
        using var activity = Source.StartActivity("tools/call " + tool, ActivityKind.Server, isPart ? context : default);
        activity?.SetTag("mcp.method.name", "tools/call").SetTag("gen_ai.tool.name", tool);
        var started = Stopwatch.GetTimestamp();
        string? error = "exception";
        try
        {
            var answer = await call();
            error = answer.IsError ? answer.Structured.Error?.Code ?? "tool_error" : null;
            if (activity is not null && answer.Structured is WorkAnswer work && (work.Job?.Id ?? work.Batch?.Id) is { } id)
            {
                activity.SetTag("i2v.job.id", id);
            }
            return answer;
        }
        finally
        {
            TagList tags = new() { { "gen_ai.tool.name", tool } };
            if (error is not null)
            {
                tags.Add("error.type", error);
                activity?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
            }
            Durations.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }
}

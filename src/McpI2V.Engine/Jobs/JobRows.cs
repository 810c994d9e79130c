using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>How a job is written in its row.</summary>
internal static class JobRows
{
    public const string Columns = "id, owner, tool, title, kind, request, provider, model, lane, (SELECT MIN(says) FROM terms t WHERE " +
        "t.lane = jobs.lane) AS lane_says, (SELECT COUNT(*) FROM terms t WHERE t.lane = jobs.lane) AS lane_terms, priority, state, " +
        "progress, estimated_micros, cost_micros, batch, after, variant, attempt, attempts, route, attempt_key, sent_at, " +
        "accepted_at, remote, buys, limit_micros, foremost, warnings, error_code, error_message, " +
        "cancel_requested, term, created_at, ended_at";

    /// <summary>A job whose turn may come: what it works on is there.</summary>
    public const string Ready = "(after IS NULL OR (SELECT d.state FROM jobs d WHERE d.id = jobs.after) = 'succeeded')";

    /// <summary>The guard of every write of a runner: it has the job, and its term is not over.</summary>
    public const string IsOfTerm = "term = @term AND " + TermGoesOn;

    /// <summary>The term that a runner carries is not over.</summary>
    public const string TermGoesOn = "EXISTS (SELECT 1 FROM terms t WHERE t.id = @term)";

    /// <summary>A job in the middle of being done.</summary>
    public const string UnderWay = "state IN ('submitting', 'running', 'fetching')";

    /// <summary>The term that a job was taken in is over.</summary>
    public const string TermIsOver = "term NOT IN (SELECT t.id FROM terms t)";

    /// <summary>A job that nobody looks after any more.</summary>
    public const string IsLeft = UnderWay + " AND " + TermIsOver;

    /// <summary>A job that is not over.</summary>
    public const string Open = "state NOT IN ('succeeded', 'failed', 'canceled')";

    public static string Serialize(IReadOnlyList<Attempt> attempts) =>
        JsonSerializer.Serialize([.. attempts], JobsJson.Default.AttemptArray);

    public static string Serialize(IReadOnlyList<string> texts) => JsonSerializer.Serialize([.. texts], JobsJson.Default.StringArray);

    /// <summary>The attempts with the last one ended.</summary>
    public static Attempt[] Closed(Job job, string outcome, string? error) =>
        job.Attempts.Count == 0 ? [] : [.. job.Attempts.SkipLast(1), job.Attempts[^1] with { Outcome = outcome, Error = error }];

    public static Job Map(SqlRow row) => new()
    {
        Id = row.Number("id"),
        Owner = row.Text("owner"),
        Tool = row.Text("tool"),
        Title = ForeignText.Line(row.Text("title")),
        Kind = row.Text("kind"),
        Request = row.Text("request"),
        Provider = row.Text("provider"),
        Model = row.Text("model"),
        Lane = row.Text("lane"),
        LaneSays = row.TextOrNull("lane_says"),
        IsLaneRun = row.Number("lane_terms") > 0,
        Priority = (int)row.Number("priority"),
        State = SnakeCase.Parse<JobState>(row.Text("state"))!.Value,
        Progress = row.Real("progress"),
        EstimatedCostUsd = row.Usd("estimated_micros"),
        CostUsd = row.Usd("cost_micros"),
        Batch = row.NumberOrNull("batch"),
        After = row.NumberOrNull("after"),
        Variant = row.TextOrNull("variant"),
        Attempt = (int)row.Number("attempt"),
        Attempts = [.. (Read(row.Text("attempts"), JobsJson.Default.AttemptArray) ?? []).Select(a => a.Error is null
            ? a
            : a with { Error = ForeignText.Words(a.Error) })],
        Route = Read(row.Text("route"), JobsJson.Default.RouteStepArray) ?? [],
        AttemptKey = row.TextOrNull("attempt_key"),
        SentAt = row.TimeOrNull("sent_at"),
        AcceptedAt = row.TimeOrNull("accepted_at"),
        Remote = row.TextOrNull("remote") is { } remote ? Read(remote, JobsJson.Default.RemoteTask) : null,
        Buys = row.TextOrNull("buys"),
        MaxCostUsd = row.NumberOrNull("limit_micros") / 1_000_000m,
        Foremost = Texts(row, "foremost"),
        Warnings = Texts(row, "warnings"),
        ErrorCode = row.TextOrNull("error_code") is { } code ? SnakeCase.Parse<ErrorCode>(code) : null,
        ErrorMessage = row.TextOrNull("error_message") is { } why ? ForeignText.Words(why) : null,
        CancelRequested = row.Flag("cancel_requested"),
        Term = row.Number("term"),
        CreatedAt = row.Time("created_at"),
        EndedAt = row.TimeOrNull("ended_at"),
    };

    private static string[] Texts(SqlRow row, string column) =>
        [.. (Read(row.Text(column), JobsJson.Default.StringArray) ?? []).Select(text => ForeignText.Words(text))];

    // One damaged row must not keep all others from being read: what can't be read of it counts as not there.
    private static T? Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>
/// The only way by which a job's state changes: the table of transitions is asked, and who writes must hold the job, or nobody may.
/// </summary>
internal static class JobGate
{
    /// <summary>Moves a job that its runner holds; false if another process runs jobs now, or the job has moved.</summary>
    public static bool TryMove(SqlSession session, Job job, JobState to) =>
        Set(session, job.Id, JobTransitions.Before(to), to, $" AND {JobRows.IsOfTerm}", ("@term", job.Term));

    /// <summary>The same for what must not go on otherwise.</summary>
    /// <exception cref="StaleTermException">Another process runs jobs now, or the job has moved.</exception>
    public static void Move(SqlSession session, Job job, JobState to)
    {
        if (!TryMove(session, job, to))
        {
            throw new StaleTermException(job.Name);
        }
    }

    /// <summary>Moves a job that no runner holds: one that is queued, or unconfirmed. False if it has moved.</summary>
    public static bool TryMoveUnheld(SqlSession session, long id, JobState from, JobState to) =>
        from is JobState.Queued or JobState.Unconfirmed && JobTransitions.CanFollow(from, to)
            ? Set(session, id, [from], to, "")
            : throw new InvalidOperationException($"a job that nobody holds doesn't go from {from} to {to}");

    private static bool Set(
        SqlSession session,
        long id,
        IEnumerable<JobState> from,
        JobState to,
        string fence,
        params (string Name, object? Value)[] more)
    {
        var isSet = session.Execute(
            $"UPDATE jobs SET state = @to WHERE id = @id AND state " +
                $"IN ({string.Join(", ", from.Select(f => $"'{SnakeCase.From(f)}'"))}){fence}",
            [("@to", SnakeCase.From(to)), ("@id", id), .. more]) == 1;
        if (isSet && to is (JobState.Queued or JobState.Succeeded))
        {
            session.Due(id);
        }
        return isSet;
    }
}

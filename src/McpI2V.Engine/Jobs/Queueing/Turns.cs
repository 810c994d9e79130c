using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>
/// The order in which jobs of one lane and urgency are taken: those of everybody who waits in turn, one each, however many one has queued
/// (start-time fair queueing, with every job of the same length).
/// </summary>
internal static class Turns
{
    /// <summary>The turn of a job that is queued now: after the last of the same owner, and not before those whose turn it is.</summary>
    public static long Next(SqlSession session, string lane, int priority, string owner)
    {
        var own = session.Number(
            "SELECT MAX(turn) FROM jobs WHERE lane = @lane AND priority = @priority AND owner = @owner AND state = 'queued'",
            ("@lane", lane),
            ("@priority", priority),
            ("@owner", owner));
        var first = session.Number(
            "SELECT MIN(turn) FROM jobs WHERE lane = @lane AND priority = @priority AND state = 'queued'",
            ("@lane", lane),
            ("@priority", priority));
        return Math.Max(own + 1 ?? 0, first ?? 0);
    }
}

using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>How many jobs there are that are not over.</summary>
public sealed class QueueCounts(LibraryDatabase database)
{
    /// <summary>By provider and state.</summary>
    public IReadOnlyList<(string Provider, string State, long Count)> Read() => database.Read(s => s.Query(
        $"SELECT provider, state, COUNT(*) AS jobs FROM jobs WHERE {JobRows.Open} GROUP BY provider, state",
        r => (r.Text("provider"), r.Text("state"), r.Number("jobs"))));
}

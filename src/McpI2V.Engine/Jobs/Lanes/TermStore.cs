using System.Globalization;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// The terms of lanes and the nodes that have them, as rows. A term's number is in every write of whoever has it (a fencing token): once
/// its row is gone, none of them changes anything.
/// </summary>
internal sealed class TermStore(LibraryDatabase database)
{
    /// <summary>
    /// Begins a term of a lane in the place of every other. Jobs of the provider that belong to no key yet become the lane's.
    /// </summary>
    public long Begin(string lane, string provider) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Lane(lane));
        var term = Insert(s, lane, provider, null)!.Value;
        s.Execute("DELETE FROM terms WHERE lane = @lane AND id <> @term", ("@lane", lane), ("@term", term));
        return term;
    });

    /// <summary>Begins a node's term of a lane, beside those of other nodes; null: the node counts as gone.</summary>
    public long? BeginBeside(string lane, string provider, string node) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Lane(lane));
        return Insert(s, lane, provider, node);
    });

    /// <summary>Begins a node's term of a lane that no other node runs; null: one does, or the node counts as gone.</summary>
    public long? BeginAlone(string lane, string provider, string node) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Lane(lane));
        return s.Number("SELECT COUNT(*) FROM terms WHERE lane = @lane", ("@lane", lane)) == 0 ? Insert(s, lane, provider, node) : null;
    });

    /// <summary>Ends a term.</summary>
    public void End(long term) => database.Write(s => s.Execute("DELETE FROM terms WHERE id = @term", ("@term", term)));

    /// <summary>Those of these terms that are not over.</summary>
    public IReadOnlySet<long> GoingOn(IEnumerable<long> of) => database.Read(s => s.Query(
        $"SELECT id FROM terms WHERE id IN ({string.Join(", ", of.Select(t => t.ToString(CultureInfo.InvariantCulture)))})",
        r => r.Number("id"))).ToHashSet();

    /// <summary>Tells what keeps a whole lane from going on; null: nothing any more.</summary>
    public void Say(long term, string? what) =>
        database.Write(s => s.Execute("UPDATE terms SET says = @what WHERE id = @term", ("@what", what), ("@term", term)));

    /// <summary>Takes jobs of a lane that somebody left in the middle into a term: the oldest, so many of them.</summary>
    public IReadOnlyList<Job> Adopt(string lane, long term, int atMost = int.MaxValue) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Lane(lane));
        return s.Query(
            $"UPDATE jobs SET term = @term WHERE id IN (SELECT id FROM jobs WHERE lane = @lane AND {JobRows.IsLeft} ORDER BY id LIMIT " +
                $"@most) AND {JobRows.TermGoesOn} RETURNING id",
            r => r.Number("id"),
            ("@lane", lane),
            ("@term", term),
            ("@most", atMost))
            .Order()
            .Select(id => JobStore.FindById(s, id)!)
            .ToList();
    });

    /// <summary>The lanes in which somebody left a job in the middle.</summary>
    public IReadOnlyList<string> WithLeftJobs() =>
        database.Read(s => s.Query($"SELECT DISTINCT lane FROM jobs WHERE {JobRows.IsLeft}", r => r.Text("lane")));

    /// <summary>Writes a node down. What was left by a library that had one machine has no holder any more.</summary>
    public void Enter(string node, string name) => database.Write(s =>
    {
        s.Execute("DELETE FROM terms WHERE node IS NULL");
        return s.Execute("INSERT INTO nodes (id, name) VALUES (@id, @name)", ("@id", node), ("@name", name));
    });

    /// <summary>Shows that a node is awake; false: it counts as gone.</summary>
    public bool Beat(string node) =>
        database.WriteUnheard(s => s.Execute("UPDATE nodes SET beats = beats + 1 WHERE id = @id", ("@id", node))) == 1;

    /// <summary>Every node, with what its counter shows.</summary>
    public IReadOnlyList<(string Id, string Name, long Beats)> Nodes() => database.Read(s => s.Query(
        "SELECT id, name, beats FROM nodes ORDER BY name, id",
        r => (r.Text("id"), r.Text("name"), r.Number("beats"))));

    /// <summary>The next nodes after one in the order of their names, which goes round: each watches some, and some watch each.</summary>
    public IReadOnlyList<(string Id, string Name, long Beats)> NodesAfter(string id, int atMost) => database.Read(s => s.Query(
        "SELECT id, name, beats FROM (SELECT id, name, beats FROM nodes WHERE id > @id ORDER BY id LIMIT @most) behind " +
            "UNION ALL SELECT id, name, beats FROM (SELECT id, name, beats FROM nodes WHERE id < @id ORDER BY id LIMIT @most) " +
            "before",
        r => (r.Text("id"), r.Text("name"), r.Number("beats")),
        ("@id", id),
        ("@most", atMost))).Take(atMost).ToList();

    /// <summary>How many nodes there are.</summary>
    public long CountNodes() => database.Read(s => s.Number("SELECT COUNT(*) FROM nodes"))!.Value;

    /// <summary>Ends a node and all of its terms, unless its counter has gone on.</summary>
    public bool EndNode(string node, long? beats = null) => database.Write(s => s.Execute(
        "DELETE FROM nodes WHERE id = @id AND (@any = 1 OR beats = @beats)",
        ("@id", node),
        ("@any", beats is null ? 1 : 0),
        ("@beats", beats ?? 0))) == 1;

    private static long? Insert(SqlSession session, string lane, string provider, string? node)
    {
        var term = session.Number(
            "INSERT INTO terms (lane, node) SELECT @lane, @node WHERE @alone = 1 OR EXISTS (SELECT 1 FROM nodes WHERE id = @node) " +
                "RETURNING id",
            ("@lane", lane),
            ("@node", node),
            ("@alone", node is null ? 1 : 0));
        if (term is not null)
        {
            foreach (var job in session.Query(
                $"UPDATE jobs SET lane = @lane WHERE lane = @provider AND provider = @provider AND {JobRows.Open} RETURNING id",
                r => r.Number("id"),
                ("@lane", lane),
                ("@provider", provider)))
            {
                session.Due(job);
            }
        }
        return term;
    }
}

namespace McpI2V.Bench.Nodes;

/// <summary>Nodes as processes of the built program, on one library at a PostgreSQL server.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly List<Rpc> nodes = [];
    private readonly List<string> homes = [];

    private Cluster(string library) => Library = library;

    /// <summary>How its database is reached.</summary>
    public string Library { get; }

    public IReadOnlyList<Rpc> Nodes => nodes;

    /// <summary>Starts so many on a library; each has a folder of its own.</summary>
    public static Cluster Start(string root, int count, string library, params (string Name, string Value)[] settings)
    {
        var cluster = new Cluster(library);
        for (var i = 0; i < count; i++)
        {
            cluster.homes.Add(Directory.CreateTempSubdirectory("i2v-bench-").FullName);
            var node = Rpc.Start(
                Path.Combine(root, ".build", "program", "mcp-i2v"),
                "serve",
                [
                    .. settings,
                    ("I2V_HOME", cluster.homes[^1]), ("I2V__Inputs__Roots", Path.Combine(root, "samples")),
                    ("I2V__Storage__Postgres", library),
                ]);
            node.Initialize();
            cluster.nodes.Add(node);
        }
        return cluster;
    }

    public void Dispose()
    {
        nodes.ForEach(n => n.Dispose());
        homes.ForEach(h => Directory.Delete(h, recursive: true));
    }
}

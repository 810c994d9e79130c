using System.Text.Json;
using McpI2V.Servers;

namespace McpI2V.EndToEnd;

/// <summary>
/// A library folder of a test's own, and a folder of inputs beside it. Its rows are in the folder, or at a database server where that is
/// asked for: by the test, or for all of them by <c>I2V_TEST_STORAGE=postgres</c>.
/// </summary>
public sealed class TestLibrary : IDisposable
{
    private static readonly bool OnServer = Environment.GetEnvironmentVariable("I2V_TEST_STORAGE") == "postgres";
    private readonly string root;

    public TestLibrary(string name = "i2v-", bool? onServer = null, PostgresServer? server = null, S3Server? store = null)
        : this(
            name,
            server is not null || (onServer ?? OnServer) ? (server ?? PostgresServer.Shared).NewLibrary() : null,
            store?.NewLibrary())
    {
    }

    private TestLibrary(string name, string? database, IReadOnlyDictionary<string, string>? objects)
    {
        (Database, Objects) = (database, objects);
        root = Directory.CreateTempSubdirectory(name).FullName;
        Directory.CreateDirectory(Inputs);
        if (database is not null)
        {
            Directory.CreateDirectory(Home);
            File.WriteAllText(
                Path.Combine(Home, "settings.json"),
                JsonSerializer.Serialize(new { Storage = new { Postgres = database, S3 = objects } }));
        }
    }

    /// <summary>A library whose rows and files are at these servers already.</summary>
    public static TestLibrary At(string database, IReadOnlyDictionary<string, string> objects) => new("i2v-", database, objects);

    /// <summary>How the rows are reached where they are at a server; null: they are in the folder.</summary>
    public string? Database { get; }

    /// <summary>How the files are reached where they are in an object store; null: they are in the folder.</summary>
    public IReadOnlyDictionary<string, string>? Objects { get; }

    /// <summary>The same library on a machine with a folder of its own.</summary>
    public TestLibrary OnAnotherMachine() => new("i2v-other-", Database, Objects);

    public string Home => Path.Combine(root, "home");

    public string Inputs => Path.Combine(root, "inputs");

    public string Outside => Path.Combine(root, "outside");

    public IReadOnlyList<string> MediaFiles => Directory.Exists(Path.Combine(Home, "media"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Home, "media"), "*", SearchOption.AllDirectories)]
        : [];

    public IReadOnlyList<string> TemporaryFiles => Directory.Exists(Path.Combine(Home, ".work"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Home, ".work"), "*", SearchOption.AllDirectories).Where(
            f => Path.GetFileName(f) != "in-use")]
        : [];

    public string Input(string name) => Path.Combine(Inputs, name);

    public void Dispose()
    {
        // Whatever a test was about: no file of a library ever holds a key.
        var leaks = Directory.Exists(Home) ? LibraryAudit.LeaksOf(SimulatedProviders.Key, this) : [];
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (IOException)
        {
            // A server that is still ending; the system's temporary folder is swept anyway.
        }
        Assert.Empty(leaks);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Servers;

namespace McpI2V.EndToEnd;

/// <summary>
/// A library folder of a test's own, and a folder of inputs beside it. Its rows are in the folder, or at a database server where that is
/// asked for, and its files there or in an object store: by the test, or for all of them by <c>I2V_TEST_STORAGE=postgres,s3</c>. A test
/// whose subject is a file in the folder asks for that: the database (<c>onServer: false</c>) or an asset (<c>inStore: false</c>).
/// </summary>
public sealed class TestLibrary : IDisposable
{
    private static readonly string[] Storage = (Environment.GetEnvironmentVariable("I2V_TEST_STORAGE") ?? "").Split(',');
    private readonly string root;

    public TestLibrary(
        string name = "i2v-",
        bool? onServer = null,
        bool? inStore = null,
        PostgresServer? server = null,
        PostgresServer? standby = null,
        S3Server? store = null)
        : this(
            name,
            server is not null || (onServer ?? Storage.Contains("postgres")) ? (server ?? PostgresServer.Shared).NewLibrary(standby) : null,
            (store ?? (inStore ?? (onServer != false && Storage.Contains("s3")) ? S3Server.Shared : null))?.NewLibrary())
    {
    }

    private TestLibrary(string name, string? database, IReadOnlyDictionary<string, string>? objects)
    {
        (Database, Objects) = (database, objects);
        root = Directory.CreateTempSubdirectory(name).FullName;
        Directory.CreateDirectory(Inputs);
        Set(new JsonObject());
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

    /// <summary>The files of all assets, wherever they are.</summary>
    public IReadOnlyList<string> MediaFiles => Objects is null
        ? FilesHere
        : S3Server.Shared.FilesUnder(Objects["Prefix"] + "/media");

    /// <summary>Those that are in its folder.</summary>
    public IReadOnlyList<string> FilesHere => Directory.Exists(Path.Combine(Home, "media"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Home, "media"), "*", SearchOption.AllDirectories)]
        : [];

    /// <summary>Writes its settings, with where it is kept.</summary>
    public void Set(JsonObject settings)
    {
        if (Database is not null || Objects is not null)
        {
            settings["Storage"] = JsonSerializer.SerializeToNode(new { Postgres = Database, S3 = Objects });
        }
        if (settings.Count > 0)
        {
            Directory.CreateDirectory(Home);
            File.WriteAllText(Path.Combine(Home, "settings.json"), settings.ToJsonString());
        }
    }

    public IReadOnlyList<string> TemporaryFiles => Directory.Exists(Path.Combine(Home, ".work"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Home, ".work"), "*", SearchOption.AllDirectories).Where(
            f => Path.GetFileName(f) != "in-use")]
        : [];

    /// <summary>Takes a file of an asset away, here or in the object store.</summary>
    public static void Lose(string file)
    {
        File.ResolveLinkTarget(file, returnFinalTarget: true)?.Delete();
        File.Delete(file);
    }

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

namespace McpI2V.EndToEnd;

/// <summary>A library folder of a test's own, and a folder of inputs beside it.</summary>
public sealed class TestLibrary : IDisposable
{
    private readonly string root;

    public TestLibrary(string name = "i2v-")
    {
        root = Directory.CreateTempSubdirectory(name).FullName;
        Directory.CreateDirectory(Inputs);
    }

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

using System.Reflection;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;

namespace McpI2V.Providers.ComfyUI;

/// <summary>
/// The user's workflows, <c>$I2V_HOME/workflows/name.json</c>, before those of the program; each is a model <c>comfyui:name</c>. A file
/// is read each time it is used.
/// </summary>
/// <param name="home">The library's folder; null: there is none.</param>
internal sealed class WorkflowFolder(string? home) : IModelSource
{
    private const string Name = "comfyui";
    private const string OfSlots = ".slots.json";
    private const long LongestFile = 4_000_000;
    private const string Resources = "workflows/";
    private static readonly Assembly Own = typeof(WorkflowFolder).Assembly;

    /// <inheritdoc/>
    public string Provider => Name;

    private string? Folder => home is null ? null : Path.Combine(home, "workflows");

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows()
    {
        foreach (var name in Names())
        {
            ModelEntry? row = null;
            try
            {
                row = WorkflowRow.Of(Find(name));
            }
            catch (I2VException)
            {
                // Who names it is told why, and so is who asks the doctor.
            }
            if (row is not null)
            {
                yield return row;
            }
        }
    }

    /// <summary>Says of a workflow that is no model why it is none.</summary>
    /// <exception cref="I2VException">It can't be used, or came after the server had started.</exception>
    public Task<ModelEntry?> LearnAsync(string id, CancellationToken cancellationToken)
    {
        if (!id.StartsWith(Name + ":", StringComparison.OrdinalIgnoreCase) || Match(id[(Name.Length + 1)..]) is not { } name)
        {
            return Task.FromResult<ModelEntry?>(null);
        }
        var found = Find(name);
        throw I2VException.Invalid(
            "model",
            $"The workflow {ForeignText.Line(found.Name, 80)} came after this server had started, which reads their list then. Start the " +
                "server again (in a chat: start the client again) to use it.");
    }

    /// <summary>What is wrong with the workflows, a sentence each; empty: nothing.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        foreach (var name in Names())
        {
            try
            {
                Find(name);
            }
            catch (I2VException e)
            {
                faults.Add(e.Message);
            }
        }
        return faults;
    }

    /// <summary>A workflow.</summary>
    /// <exception cref="I2VException">There is none of the name, or it can't be used.</exception>
    public Workflow Find(string name)
    {
        // A row of models.json may name anything.
        if (Match(name) is not { } known)
        {
            throw new I2VException(
                ErrorCode.NotFound,
                $"There is no workflow {ForeignText.Quote(name, 80)}. Put {ForeignText.Line(name, 80)}.json, exported for the API, into " +
                    $"{Folder ?? "the folder workflows"}, or take one of {ForeignText.Line(string.Join(", ", Names()), 300)}.",
                "model");
        }
        var path = Folder is { } folder ? Path.Combine(folder, known) : null;
        try
        {
            var beside = Read(path + OfSlots) ?? Shipped(known + OfSlots);
            return Read(path + ".json") is { } own
                ? Workflow.Read(known, path + ".json", own, beside)
                : Workflow.Read(known, "part of this program", Shipped(known + ".json")!, beside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw I2VException.Invalid("model", $"The workflow {path}.json can't be read ({e.GetType().Name}). Make it readable.");
        }
    }

    /// <summary>The nodes of a workflow as they are in its file; empty where it can't be used any more.</summary>
    public JsonObject GraphOf(string name)
    {
        try
        {
            return Find(name).Graph;
        }
        catch (I2VException)
        {
            return [];
        }
    }

    /// <summary>Puts a workflow of the program's into the user's folder when it is used: models of other names are set there.</summary>
    public void Keep(Workflow used)
    {
        if (Folder is not { } folder || Shipped(used.Name + ".json") is not { } file)
        {
            return;
        }
        try
        {
            PrivateFiles.Write(Path.Combine(folder, used.Name + ".json"), file, replaces: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It works without; a folder that can't be written is told of where something depends on it.
        }
    }

    private static byte[]? Read(string? path)
    {
        if (path is null || !Path.IsPathRooted(path) || new FileInfo(path) is not { Exists: true } file)
        {
            return null;
        }
        return file.Length <= LongestFile
            ? File.ReadAllBytes(path)
            : throw I2VException.Invalid("model", $"The workflow {path} has {file.Length} bytes, and at most {LongestFile} are read.");
    }

    private static byte[]? Shipped(string file)
    {
        using var stream = Own.GetManifestResourceStream(Resources + file);
        if (stream is null)
        {
            return null;
        }
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private string? Match(string name) => Names().FirstOrDefault(n => n.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    private List<string> Names()
    {
        IEnumerable<string> own = [];
        if (Folder is { } folder && Directory.Exists(folder))
        {
            own = Directory.EnumerateFiles(folder, "*.json").Select(Path.GetFileName).OfType<string>();
        }
        var shipped = Own.GetManifestResourceNames()
            .Where(r => r.StartsWith(Resources, StringComparison.Ordinal))
            .Select(r => r[Resources.Length..]);
        return
        [
            .. own.Order(StringComparer.Ordinal)
                .Concat(shipped.OrderDescending(StringComparer.Ordinal))
                .Where(f => !f.EndsWith(OfSlots, StringComparison.OrdinalIgnoreCase) && !f.StartsWith('.'))
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }
}

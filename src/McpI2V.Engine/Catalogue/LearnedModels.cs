using System.Text;
using System.Text.Json;
using McpI2V.Engine.Storage.Files;

namespace McpI2V.Engine.Catalogue;

/// <summary>
/// Rows that were read from a provider's own listing when somebody asked for an id that no catalogue has; kept beside the library, so that
/// every process knows them.
/// </summary>
internal sealed class LearnedModels(ISharedDocuments documents)
{
    internal const string Document = "learned-models.json";
    private readonly Lock gate = new();
    private ModelEntry[]? rows;

    /// <summary>What was learned so far.</summary>
    public IReadOnlyList<ModelEntry> Rows()
    {
        lock (gate)
        {
            return rows ??= Read();
        }
    }

    /// <summary>A row that another process may have learned meanwhile; null if none has.</summary>
    public ModelEntry? Find(string id)
    {
        lock (gate)
        {
            return Row(rows ??= Read(), id) ?? Row(rows = Read(), id);
        }
    }

    /// <summary>Keeps a row.</summary>
    public void Keep(ModelEntry row)
    {
        lock (gate)
        {
            rows = [.. Read().Where(r => r.Id != row.Id), row];
            documents.Write(Document, JsonSerializer.SerializeToUtf8Bytes(new ModelFile(rows), CatalogueJson.Default.ModelFile));
        }
    }

    // What can't be read is learned again.
    private ModelEntry[] Read()
    {
        try
        {
            return documents.Read(Document) is { } kept ? ModelFile.Read(Encoding.UTF8.GetString(kept)) : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static ModelEntry? Row(ModelEntry[] among, string id) =>
        among.FirstOrDefault(r => r.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace McpI2V.Engine.Catalogue;

/// <summary>Rows in a file that is part of an assembly: the resource <c>provider.json</c>.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="provider">Whose rows they are.</param>
/// <param name="ownWords">The words that the provider alone reads in a row's wire; null: it has none.</param>
public sealed class EmbeddedModels(Assembly assembly, string provider, JsonTypeInfo? ownWords = null) : IModelSource
{
    /// <summary>The rows of the embedded engine.</summary>
    public static EmbeddedModels OfEngine { get; } = new(typeof(EmbeddedModels).Assembly, ModelEntry.EmbeddedProvider);

    /// <inheritdoc/>
    public string Provider => provider;

    /// <inheritdoc/>
    public IReadOnlyList<string> AlsoCalled { get; init; } = [];

    /// <inheritdoc/>
    public JsonTypeInfo? OwnWords => ownWords;

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows()
    {
        using var stream = assembly.GetManifestResourceStream($"{provider}.json")
            ?? throw new InvalidOperationException($"{provider}.json is missing from the program");
        return JsonSerializer.Deserialize(stream, CatalogueJson.Default.ModelFile)!.Models;
    }
}

using System.Reflection;
using System.Text.Json;

namespace McpI2V.Engine.Catalogue;

/// <summary>Rows in a file that is part of an assembly.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="name">The resource's name.</param>
public sealed class EmbeddedModels(Assembly assembly, string name) : IModelSource
{
    /// <summary>The rows of the embedded engine.</summary>
    public static EmbeddedModels OfEngine { get; } = new(typeof(EmbeddedModels).Assembly, "models.json");

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows()
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing from the program");
        return JsonSerializer.Deserialize(stream, CatalogueJson.Default.ModelFile)!.Models;
    }
}

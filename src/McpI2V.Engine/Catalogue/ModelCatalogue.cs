using System.Text.Json;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Catalogue;

/// <summary>All models: the program's own, overridden and extended by the user's <c>models.json</c>.</summary>
public sealed class ModelCatalogue(LibraryOptions library, IReadOnlyList<string> providers)
{
    /// <summary>What a user can set to get more than the embedded engine; the providers themselves are not part of this version.</summary>
    public const string HowToGetMore = "Model providers (FAL_KEY, GEMINI_API_KEY, RUNWAYML_API_SECRET, OPENAI_API_KEY) are not part of this version; it has the embedded engine only.";

    private readonly Lazy<IReadOnlyList<ModelEntry>> models = new(() => Load(library));

    /// <summary>Every model.</summary>
    /// <exception cref="I2VException">The user's models.json can't be read.</exception>
    public IReadOnlyList<ModelEntry> All => models.Value;

    /// <summary>Why a model can't be used now; null if it can.</summary>
    public string? WhyNot(ModelEntry model) => providers.Contains(model.Provider) ? null : $"the provider {model.Provider} is not configured";

    /// <summary>The model for a request: the one named, or the first that can do it.</summary>
    /// <param name="kind">What is to be done.</param>
    /// <param name="wanted">An id or alias; null or "auto": any.</param>
    /// <exception cref="I2VException">There is no such model, it can't do this, or nothing configured can.</exception>
    public ModelEntry Choose(string kind, string? wanted)
    {
        var able = All.Where(m => m.Kinds.Contains(kind)).ToList();
        var usable = able.Where(m => WhyNot(m) is null).ToList();
        if (string.IsNullOrWhiteSpace(wanted) || wanted.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return usable.FirstOrDefault() ?? throw new I2VException(ErrorCode.UnsupportedByModel, $"No configured model does {kind}. {HowToGetMore} Nothing was spent.", "model");
        }
        var named = All.Where(m => m.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase) || m.Alias.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 0)
        {
            throw I2VException.Invalid("model", $"model is \"{wanted}\", which is not in the catalogue. For {kind} there are {Names(usable)}, or auto; list_models shows all. {HowToGetMore} Nothing was spent.");
        }
        return named.FirstOrDefault(m => m.Kinds.Contains(kind) && WhyNot(m) is null) ?? throw new I2VException(
            ErrorCode.UnsupportedByModel,
            named.Any(m => m.Kinds.Contains(kind))
                ? $"model {wanted} can't be used: {WhyNot(named.First(m => m.Kinds.Contains(kind)))}. Nothing was spent."
                : $"model {wanted} does {string.Join(", ", named[0].Kinds)}, not {kind}. Use {Names(usable)}. Nothing was spent.",
            "model");
    }

    private static string Names(IEnumerable<ModelEntry> models)
    {
        var names = string.Join(", ", models.Select(m => m.Id));
        return names.Length == 0 ? "none" : names;
    }

    private static List<ModelEntry> Load(LibraryOptions library)
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("models.json") ?? throw new InvalidOperationException("models.json is missing from the program");
        var own = JsonSerializer.Deserialize(stream, CatalogueJson.Default.ModelFile)!.Models;
        var users = Users(Path.Combine(library.Home, "models.json"));
        return [.. users, .. own.Where(o => users.All(u => u.Id != o.Id))];
    }

    private static ModelEntry[] Users(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), CatalogueJson.Default.ModelFile)?.Models ?? [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw I2VException.Invalid("models.json", $"{path} can't be read: {e.Message} Correct it, or move it away.");
        }
    }
}

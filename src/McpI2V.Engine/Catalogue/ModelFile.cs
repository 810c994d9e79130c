using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine.Catalogue.Wire;
using McpI2V.Media;

namespace McpI2V.Engine.Catalogue;

/// <summary>A file of rows.</summary>
internal sealed record ModelFile(ModelEntry[] Models)
{
    private const int MostFaults = 8;
    private const int LongestWord = 60;

    private static readonly JsonDocumentOptions AsWritten = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    /// <summary>The rows of a file as an earlier process wrote it.</summary>
    /// <exception cref="JsonException">It is damaged, of another version, or something that is needed is null.</exception>
    public static ModelEntry[] Read(string json) =>
        [.. (JsonSerializer.Deserialize(json, CatalogueJson.Default.ModelFile)?.Models ?? []).Select(Complete)];

    /// <summary>The rows of a file as a person wrote it.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="wordsOf">The words that a provider alone reads in a row's wire; null: it has none.</param>
    /// <exception cref="JsonException">It is damaged, or has a word that nobody reads; the message names row and word, and what to do.
    /// </exception>
    public static ModelEntry[] Read(string json, Func<string, JsonTypeInfo?> wordsOf)
    {
        if (JsonNode.Parse(json, documentOptions: AsWritten) is not JsonObject file)
        {
            throw new JsonException("it holds no object.");
        }
        var rows = file["models"] as JsonArray ?? (file["models"] is null ? [] : throw new JsonException("models is no list."));
        string[] faults = [
            .. file.Where(m => m.Key != "models").Select(m => $"{Shown(m.Key)} is no word of the file, which has models."),
            .. rows.SelectMany((row, i) => Unknown(row, NameOf(row, i), wordsOf)),
        ];
        return faults.Length == 0
            ? [.. rows.Select((row, i) => Read(row, NameOf(row, i), wordsOf))]
            : throw new JsonException(string.Join(' ', faults.Take(MostFaults)));
    }

    private static ModelEntry Read(JsonNode? row, string name, Func<string, JsonTypeInfo?> wordsOf)
    {
        try
        {
            var model = Complete(row.Deserialize(CatalogueJson.Default.ModelEntry));
            if (wordsOf(model.Provider) is { } own)
            {
                foreach (var wire in new[] { model.Wire }.Concat(model.Wire?.ByCapability?.Values ?? []))
                {
                    wire?.Own?.Deserialize(own);
                }
            }
            return model;
        }
        catch (JsonException e)
        {
            var what = e.Message.Split(" Path: ")[0];
            var where = e.Path is { Length: > 2 } path ? path[2..] + ": " : "";
            throw new JsonException($"in {name}: {where}{ForeignText.Line(what, 400)}", e);
        }
    }

    private static IEnumerable<string> Unknown(JsonNode? row, string name, Func<string, JsonTypeInfo?> wordsOf)
    {
        string[] own = Text(row, "provider") is { } provider ? [.. wordsOf(provider)?.Properties.Select(p => p.Name) ?? []] : [];
        return UnknownMembers.In(row, CatalogueJson.Default.ModelEntry, [])
            .Concat(UnknownMembers.In((row as JsonObject)?["wire"], WireJson.Default.WireMapping, own, "wire"))
            .Select(u => $"in {name}, {Shown(u.Path)} is a word that nobody reads." +
                $"{NearestWord.Ask(u.Path.Split('.')[^1], u.Known)} Known there: {string.Join(", ", u.Known)}.");
    }

    private static ModelEntry Complete(ModelEntry? model)
    {
        if (model is null)
        {
            throw new JsonException("a model is null.");
        }
        string?[][] lists = [model.Frames, model.Needs, model.Resolutions, model.AspectRatios, model.Voices, model.Options ?? []];
        return lists.Any(list => list.Contains(null)) ? throw new JsonException("a word in one of its lists is null.") : model;
    }

    private static string NameOf(JsonNode? row, int index) => Text(row, "id") is { Length: > 0 } id
        ? $"the row {Shown(id)}"
        : $"row {index + 1}";

    private static string? Text(JsonNode? row, string name) =>
        (row as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string Shown(string text) => ForeignText.Line(text, LongestWord);
}

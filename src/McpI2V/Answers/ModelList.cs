using System.Text;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine.Catalogue;

namespace McpI2V.Answers;

/// <summary>Models with everything they can do.</summary>
internal static class ModelList
{
    /// <summary>Models for programs.</summary>
    public static ModelsAnswer ToContent(ModelCatalogue catalogue, IEnumerable<ModelEntry> models) => new()
    {
        Models = [.. models.Select(m => ModelContent.InFull(m, catalogue.UnavailableReason(m), ModelPrice.Example(m)))],
    };

    // Who has a key is not told to set one.
    private static string Nothing(ModelCatalogue catalogue)
    {
        var hasOne = catalogue.All.Any(m => !m.IsEmbedded && catalogue.UnavailableReason(m) is null);
        return "No model fits this; list_models without arguments tells what each family has and what can be used." +
            (hasOne ? "" : $" {catalogue.HowToGetMore}");
    }

    /// <summary>The answer that lists them.</summary>
    public static Answer Of(ModelCatalogue catalogue, IReadOnlyList<ModelEntry> models)
    {
        var content = ToContent(catalogue, models);
        var listed = content.Models!;
        var text = new StringBuilder(listed.Count == 0 ? Nothing(catalogue) : $"{listed.Count} models:");
        foreach (var model in listed.Where(m => m.Available))
        {
            text
                .Append('\n')
                .Append(model.Alias == model.Id ? "" : model.Alias + " = ")
                .Append(model.Id)
                .Append(" (")
                .AppendJoin(", ", model.Kinds)
                .Append("), ")
                .Append(model.PriceUsdExample)
                .Append(". ")
                .Append(model.Summary);
        }
        foreach (var group in listed.Where(m => !m.Available).GroupBy(m => (m.Provider, m.WhyNot)))
        {
            text
                .Append("\nNot available, ")
                .Append(group.Key.Provider)
                .Append(": ")
                .Append(group.Key.WhyNot)
                .Append(": ")
                .AppendJoin(", ", group.Select(m => m.Alias).Distinct());
        }
        return new Answer(text.ToString(), content);
    }
}

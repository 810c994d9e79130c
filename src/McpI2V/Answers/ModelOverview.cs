using System.Globalization;
using System.Text;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine.Catalogue;
using McpI2V.Media;

namespace McpI2V.Answers;

/// <summary>What there is of models, in a few kilobytes: families, providers, what can be used, and how to ask on.</summary>
internal static class ModelOverview
{
    private const int FamiliesShown = 16;
    private const int ProvidersShown = 16;
    private const int ModelsShown = 8;
    private const int LongestName = 80;
    private const int LongestReason = 120;
    private const int AliasCharacters = 260;
    private const int AliasesShown = 10;

    /// <summary>The answer that tells of all models.</summary>
    public static Answer Of(ModelCatalogue catalogue)
    {
        var models = catalogue.All
            .Where(m => !catalogue.IsRetired(m))
            .Select(m => (Model: m, Why: catalogue.UnavailableReason(m)))
            .ToList();
        var usable = models.Where(m => m.Why is null).Select(m => m.Model).ToList();
        var families = models
            .SelectMany(m => m.Model.Capabilities, (m, kind) => (Kind: SnakeCase.From(kind), m.Model, m.Why))
            .GroupBy(m => m.Kind, (kind, of) => (
                Family: Family(kind, [.. of.Select(m => (m.Model, m.Why))]),
                WithAKey: Named(of.Where(m => m.Why is not null).Select(m => m.Model))))
            .Take(FamiliesShown)
            .ToList();
        var providers = models
            .GroupBy(m => m.Model.Provider, (provider, of) => Provider(provider, [.. of.Select(m => m.Why)]))
            .Take(ProvidersShown)
            .ToList();
        string[] next =
        [
            $"list_models with kind {families[0].Family.Kind} tells lengths, sizes and prices of that family, available_only leaves out " +
                "what can't be used, model with an id or alias tells of one.",
        ];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{models.Count} models, {usable.Count} can be used now.");
        foreach (var (family, withAKey) in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{family.Kind}: {family.Available} of {family.Models}{Names(family, withAKey)}");
        }
        foreach (var provider in providers.Where(p => p.WhyNot is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nNot available, {provider.Provider} ({provider.Models}): {provider.WhyNot}");
        }
        AnswerComposer.AppendLists(text, [], next);
        return new Answer(text.ToString(), new ModelsAnswer
        {
            Models =
            [
                .. usable
                    .Where(m => m.Id.Length <= LongestName)
                    .Take(ModelsShown)
                    .Select(m => ModelContent.InBrief(m, whyNot: null, ModelPrice.Example(m))),
            ],
            Families = [.. families.Select(f => f.Family)],
            Providers = providers,
            Next = next,
        });
    }

    private static ModelFamily Family(string kind, IReadOnlyList<(ModelEntry Model, string? Why)> models) => new(
        kind,
        models.Count,
        models.Count(m => m.Why is null),
        Named(models.Where(m => m.Why is null).Select(m => m.Model)));

    // Those that matter: the first of each provider, then the second of each.
    private static List<string> Named(IEnumerable<ModelEntry> models)
    {
        var left = AliasCharacters;
        return
        [
            .. models
                .DistinctBy(m => m.Alias)
                .GroupBy(m => m.Provider)
                .SelectMany(g => g.Select((model, turn) => (model.Alias, turn)))
                .OrderBy(m => m.turn)
                .Select(m => m.Alias)
                .Take(AliasesShown)
                .TakeWhile(a => (left -= a.Length) >= 0),
        ];
    }

    private static ModelProvider Provider(string provider, IReadOnlyList<string?> whyNot) => new(
        provider,
        whyNot.Count,
        whyNot.Count(w => w is null),
        whyNot.All(w => w is not null) ? whyNot[0]![..Math.Min(whyNot[0]!.Length, LongestReason)] : null);

    private static string Names(ModelFamily family, IReadOnlyList<string> withAKey)
    {
        var usable = family.Aliases.Count == 0
            ? ""
            : $": {string.Join(", ", family.Aliases)}{(family.Aliases.Count < family.Available ? ", ..." : "")}";
        var others = withAKey.Except(family.Aliases).Take(AliasesShown - family.Aliases.Count).ToList();
        return others.Count == 0 ? usable : $"{usable}{(usable.Length > 0 ? ";" : ":")} with a key {string.Join(", ", others)}";
    }
}

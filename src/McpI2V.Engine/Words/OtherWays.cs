using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;

namespace McpI2V.Engine.Words;

/// <summary>Who does what the free engine does not: a generative model, or the keys that would bring one.</summary>
public sealed partial class OtherWays(ModelCatalogue models)
{
    /// <summary>True if a generative model of such a kind can be used now.</summary>
    public bool Has(Capability capability) => Of(capability, m => models.UnavailableReason(m) is null).Any();

    /// <summary>How to have it done, in a sentence.</summary>
    /// <param name="capability">What the model has to do.</param>
    /// <param name="what">What it is needed for.</param>
    public string Of(Capability capability, string what = "it")
    {
        if (Has(capability))
        {
            return "A generative model does it: leave model out (auto), or name one of list_models.";
        }
        return $"For {what} a generative model is needed. {(KeysFor(capability) is { } keys ? $"Set {keys}." : models.HowToGetMore)}";
    }

    /// <summary>The variables of the keys of which any would bring such a model; null: none is known.</summary>
    public string? KeysFor(Capability capability)
    {
        var keys = Of(capability, m => !models.IsRetired(m))
            .Select(models.UnavailableReason)
            .SelectMany(why => Variable().Matches(why ?? "").Select(m => m.Value))
            .Distinct()
            .ToList();
        return keys.Count == 0 ? null : Any(keys);
    }

    private IEnumerable<ModelEntry> Of(Capability capability, Func<ModelEntry, bool> isIt) =>
        models.All.Where(m => !m.IsEmbedded && m.Capabilities.Contains(capability) && isIt(m));

    private static string Any(List<string> keys) => keys is [var only] ? only : $"{string.Join(", ", keys[..^1])} or {keys[^1]}";

    [GeneratedRegex("[A-Z][A-Z0-9]+(_[A-Z0-9]+)+")]
    private static partial Regex Variable();
}

using System.Globalization;
using McpI2V.Engine.Catalogue.Naming;
using McpI2V.Media;

namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>What is said of a choice of model, and why there is none.</summary>
internal sealed class RouteWords(ModelCatalogue catalogue)
{
    private const int NamesShown = 3;
    private const int StepsShown = 2;

    /// <summary>The choice in a line.</summary>
    /// <param name="how">How it was chosen.</param>
    /// <param name="chosen">The choice.</param>
    /// <param name="next">What it falls back to.</param>
    /// <param name="elsewhere">Others who have the same model, each with what it costs there.</param>
    public static string Chosen(
        string how,
        Candidate chosen,
        IReadOnlyList<RouteStep> next,
        params IReadOnlyList<Candidate> elsewhere)
    {
        var settings = chosen.Fit.Settings;
        List<string> facts = [];
        if (settings.DurationSeconds > 0)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{settings.DurationSeconds:0.#} s"));
        }
        facts.AddRange(new[] { settings.AspectRatio, settings.Resolution, settings.NativeAudio ? "with sound" : null }.OfType<string>());
        var price = chosen.Model.Price.IsFree ? "free" : Usd(chosen.Usd);
        var steps = next.Where(n => !n.OnlyIfAsked).Take(StepsShown).Select(n => n.Model).ToList();
        var then = steps.Count > 0 ? $"; falls back to {string.Join(", ", steps)}" : "";
        var prices = string.Join(", ", elsewhere.Select(e => $"{e.Model.Provider} {Usd(e.Usd)}"));
        var others = prices.Length > 0 ? $"; elsewhere {prices}" : "";
        return $"{how} {chosen.Model.Id}{(facts.Count > 0 ? $" ({string.Join(", ", facts)})" : "")}, {price}{others}{then}.";
    }

    /// <summary>No model has such a name: what it may mean, where it lives if not here, and what comes nearest.</summary>
    public I2VException NotNamed(string wanted, Capability capability)
    {
        var kind = SnakeCase.From(capability);
        if (NotOfferedModels.Find(wanted) is { } known)
        {
            return I2VException.Invalid(
                "model",
                $"model is {ForeignText.Quote(wanted, 80)}, which is not offered here: it {known.Lives}. " +
                    $"{Offer(known.Nearest, capability)}Nothing was spent.");
        }
        var nearest = catalogue.Nearest(wanted, capability, NamesShown);
        return I2VException.Invalid(
            "model",
            $"model is {ForeignText.Quote(wanted, 80)}, which is not in the catalogue under that name. {Offer(nearest, capability)}" +
                $"list_models with kind {kind} shows all. Nothing was spent.");
    }

    /// <summary>Models that are named and can't be used.</summary>
    public I2VException NotUsable(string wanted, IReadOnlyList<ModelEntry> named, Capability capability)
    {
        var instead = named.Select(m => m.Instead).OfType<string>();
        var nearest = catalogue.Nearest(wanted, capability, NamesShown)
            .Where(a => named.All(m => m.Alias != a))
            .Concat(instead)
            .Where(IsUsable)
            .Distinct()
            .ToList();
        // What its own maker names comes first where it ended: it is no older.
        var first = instead.FirstOrDefault(IsUsable) ?? (nearest.Count > 0 ? nearest[0] : null);
        var others = first is null ? Names(Usable(capability)) : null;
        return new I2VException(
            ErrorCode.UnsupportedByModel,
            $"model {ForeignText.Line(wanted, 80)} can't be used: " +
                $"{string.Join("; ", named.Select(m => $"{m.Id}: {catalogue.UnavailableReason(m)}"))}. " +
                (first is not null
                    ? $"Use {first}, the nearest that works here. "
                    : others is { Length: > 0 } ? $"Usable now: {others}. " : "") +
                "Nothing was spent.",
            "model");
    }

    /// <summary>Nothing that is configured does this at all.</summary>
    public I2VException NothingDoes(Capability capability)
    {
        var could = catalogue.All.Where(m => m.Capabilities.Contains(capability) && !catalogue.IsRetired(m)).ToList();
        return new I2VException(
            ErrorCode.UnsupportedByModel,
            $"Nothing that is configured does {SnakeCase.From(capability)}. {catalogue.HowToGet(could)}" +
                $"{(could.Count > 0 ? $"{Names(could)} can. " : "")}Nothing was spent.",
            "model");
    }

    /// <summary>The nearest model lacks something.</summary>
    /// <param name="nearest">What lacks least.</param>
    /// <param name="need">What is needed.</param>
    /// <param name="usable">What may be used.</param>
    public I2VException Lacking(Candidate nearest, ModelNeed need, IEnumerable<ModelEntry> usable)
    {
        var (argument, words) = nearest.Fit.Lacks[0];
        var more = nearest.Fit.Lacks.Count > 1 ? "; also " + string.Join("; ", nearest.Fit.Lacks.Skip(1).Select(l => l.Words)) : "";
        var able = Candidate.Judge(usable, need).Where(j => j.Fit.Fits).Take(NamesShown).ToList();
        var elsewhere = able.Count > 0
            ? []
            : Candidate.Judge(
                catalogue.All.Where(m => m.Capabilities.Contains(need.Capability)
                    && !catalogue.IsRetired(m)
                    && catalogue.UnavailableReason(m) is not null),
                need)
                .Where(j => j.Fit.Fits)
                .Take(NamesShown)
                .ToList();
        var what = able.Count > 0
            ? $"{Names(able.Select(a => a.Model))} can do it. "
            : elsewhere.Count > 0
            ? $"{Names(elsewhere.Select(a => a.Model))} could: {catalogue.UnavailableReason(elsewhere[0].Model)}. "
            : "Change that and call again. ";
        // A wrong value is an invalid argument; a thing that the model does not have is the model's limit.
        var code = argument is "duration_seconds" or "resolution" or "prompt" or "text"
            ? ErrorCode.InvalidArgument
            : ErrorCode.UnsupportedByModel;
        return new I2VException(code, $"{nearest.Model.Id} can't do this: {words}{more}. {what}Nothing was spent.", argument);
    }

    /// <summary>What can do it costs more than the call allows.</summary>
    /// <param name="cheapest">The cheapest.</param>
    /// <param name="mostUsd">The limit.</param>
    /// <param name="free">The embedded engine's model of the same kind; null: it has none.</param>
    public static I2VException TooDear(Candidate cheapest, decimal? mostUsd, ModelEntry? free) => new(
        ErrorCode.OverBudget,
        string.Create(CultureInfo.InvariantCulture, $"The cheapest model that can do this is {cheapest.Model.Id} at {Usd(cheapest.Usd)}, " +
            $"and max_cost_usd is {mostUsd:0.00##}. Raise it, or ask for less: shorter, a lower resolution, quality draft" +
            $"{(free is null ? "" : $"; model {free.Alias} is free and {WhatItDoes(free)}")}. Nothing was spent."),
        "max_cost_usd");

    private static string WhatItDoes(ModelEntry free) => free.Capabilities.Contains(Capability.ImageToVideo)
        ? "only moves a camera over the still"
        : "only composes the pictures that are given";

    private string Offer(IReadOnlyList<string> aliases, Capability capability)
    {
        var usable = aliases.Where(IsUsable).ToList();
        if (usable.Count > 0)
        {
            return $"Nearest here: {string.Join(", ", usable.Select(Shown))}; say one of them as model, or auto. ";
        }
        var named = aliases.Where(a => catalogue.Named(a).Count > 0).ToList();
        var how = named.Count > 0
            ? $"Nearest: {string.Join(", ", named)} ({catalogue.UnavailableReason(catalogue.Named(named[0])[0])}). "
            : "";
        var now = Usable(capability).ToList();
        return $"{how}{(now.Count > 0 ? $"Usable now: {Names(now)}, or auto. " : "")}";
    }

    private string Shown(string alias) =>
        $"{alias} ({catalogue.Named(alias).First(m => catalogue.UnavailableReason(m) is null).Provider})";

    private bool IsUsable(string alias) => catalogue.Named(alias).Any(m => catalogue.UnavailableReason(m) is null);

    private IEnumerable<ModelEntry> Usable(Capability capability) =>
        catalogue.All.Where(m => m.Capabilities.Contains(capability) && catalogue.UnavailableReason(m) is null);

    private static string Names(IEnumerable<ModelEntry> models) =>
        string.Join(", ", models.Select(m => m.Alias).Distinct(StringComparer.Ordinal).Take(NamesShown));

    private static string Usd(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}");
}

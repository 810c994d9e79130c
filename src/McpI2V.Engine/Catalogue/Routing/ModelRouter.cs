using System.Globalization;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>Finds the model for a request, and those to fall back to.</summary>
public sealed class ModelRouter(ModelCatalogue catalogue)
{
    /// <summary>The route for a request.</summary>
    /// <param name="wanted">An id, an alias, or null or "auto": any.</param>
    /// <param name="need">What it needs.</param>
    /// <param name="mostUsd">What it may cost; null: no limit of its own.</param>
    /// <exception cref="I2VException">No such model, it can't do this, or nothing that is configured can.</exception>
    public Route Choose(string? wanted, ModelNeed need, decimal? mostUsd = null) =>
        string.IsNullOrWhiteSpace(wanted) || wanted.Trim().Equals("auto", StringComparison.OrdinalIgnoreCase)
            ? Auto(need, mostUsd)
            : ByName(wanted.Trim(), need);

    private Route ByName(string wanted, ModelNeed need)
    {
        var named = catalogue.Named(wanted);
        if (named.Count == 0)
        {
            throw I2VException.Invalid("model",
                $"model is \"{wanted}\", which is not in the catalogue. For {SnakeCase.From(need.Capability)} there " +
                $"are {Names(Usable(need.Capability))}, or auto; list_models shows all. {HowToGetMore()}Nothing was spent.");
        }
        var living = named.Where(m => catalogue.UnavailableReason(m) is null).ToList();
        if (living.Count == 0)
        {
            var nearest = named
                .Select(m => m.Instead)
                .FirstOrDefault(i => i is not null && catalogue.Named(i).Any(m => catalogue.UnavailableReason(m) is null));
            var others = Usable(need.Capability).Take(6).ToList();
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"model {wanted} can't be " +
                    $"used: {string.Join("; ", named.Select(m => $"{m.Id}: {catalogue.UnavailableReason(m)}"))}. " +
                    (nearest is not null
                        ? $"Use {nearest}, the nearest that works here. "
                        : others.Count > 0 ? $"Usable now: {Names(others)}. " : "") +
                    "Nothing was spent.",
                "model");
        }
        var judged = Judge(living, need);
        var able = judged.Where(j => j.Fit.Fits).ToList();
        if (able.Count == 0)
        {
            throw Refused(judged[0], need, Usable(need.Capability));
        }
        return new Route(
            able[0].Model,
            able[0].Fit,
            able[0].Usd,
            Steps(able.Skip(1)),
            able.Count > 1 || !able[0].Model.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase) ? Explain($"{wanted} is", able) : null);
    }

    private Route Auto(ModelNeed need, decimal? mostUsd)
    {
        var usable = Usable(need.Capability).ToList();
        if (usable.Count == 0)
        {
            var could = catalogue.All.Where(m => m.Capabilities.Contains(need.Capability) && !catalogue.IsRetired(m)).ToList();
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"Nothing that is configured does {SnakeCase.From(need.Capability)}. {HowToGetMore()}" +
                    $"{(could.Count > 0 ? $"{Names(could.Take(5))} can. " : "")}Nothing was spent.",
                "model");
        }
        var able = Judge(usable, need).Where(j => j.Fit.Fits).ToList();
        var affordable = able.Where(j => mostUsd is null || j.Usd <= mostUsd).ToList();
        if (able.Count > 0 && affordable.Count == 0)
        {
            var cheapest = able.MinBy(j => j.Usd)!;
            throw new I2VException(
                ErrorCode.OverBudget,
                string.Create(CultureInfo.InvariantCulture, $"The cheapest model that can do this is {cheapest.Model.Id} " +
                    $"at ${cheapest.Usd:0.00##}, and max_cost_usd is {mostUsd:0.00##}. Raise it, or ask for less: shorter, a lower " +
                    $"resolution, quality draft. Nothing was spent."),
                "max_cost_usd");
        }
        if (able.Count == 0)
        {
            // Nearest: what lacks least.
            throw Refused(Judge(usable, need).OrderBy(j => j.Fit.Lacks.Count).First(), need, usable);
        }
        var ordered = Ordered(affordable, need.Quality);
        // A generated clip is not replaced by a camera move in silence: the embedded engine is chosen, never fallen back to.
        var next = ordered
            .Skip(1)
            .Where(j => !j.Model.IsEmbedded && !ordered[0].Model.IsEmbedded && MayReplace(j, ordered[0]))
            .ToList();
        return new Route(
            ordered[0].Model,
            ordered[0].Fit,
            ordered[0].Usd,
            Steps(next.Take(3)),
            ordered[0].Model.IsEmbedded
                ? WhyLocal(ordered[0], able, usable, need, mostUsd)
                : Explain("auto chose", [ordered[0], .. next.Take(3)]));
    }

    // The embedded engine moves a camera; who has set a key should know why nothing was generated.
    private string? WhyLocal(Candidate chosen, List<Candidate> able, List<ModelEntry> usable, ModelNeed need, decimal? mostUsd)
    {
        if (able.Where(a => !a.Model.IsEmbedded).MinBy(a => a.Usd) is { } dear)
        {
            return string.Create(CultureInfo.InvariantCulture, $"auto chose {chosen.Model.Id}, free: the cheapest generative model that " +
                $"can do this, {dear.Model.Id}, costs ${dear.Usd:0.00##}, and max_cost_usd is {mostUsd:0.00##}.");
        }
        var nearest = Judge(usable.Where(m => !m.IsEmbedded), need).OrderBy(j => j.Fit.Lacks.Count).FirstOrDefault();
        return nearest is null
            ? null
            : $"auto chose {chosen.Model.Id}, free: no generative model that is configured can do " +
                $"this; {nearest.Model.Id}: {nearest.Fit.Lacks[0].Words}.";
    }

    private static List<Candidate> Ordered(List<Candidate> able, EncodeQuality quality)
    {
        var suited = able.Where(j => j.Model.Quality.Contains(quality)).ToList();
        var rest = able.Except(suited).ToList();
        if (quality == EncodeQuality.Draft)
        {
            suited = [.. suited.OrderBy(j => j.Model.IsEmbedded).ThenBy(j => j.Usd)];
        }
        return
        [
            .. suited.Where(j => !j.Model.IsEmbedded),
            .. rest.Where(j => !j.Model.IsEmbedded),
            .. able.Where(j => j.Model.IsEmbedded),
        ];
    }

    // Falling back must not surprise: never to something that costs more than half as much again.
    private static bool MayReplace(Candidate candidate, Candidate chosen) =>
        candidate.Model.Alias == chosen.Model.Alias || candidate.Usd <= chosen.Usd * 1.5m;

    private List<Candidate> Judge(IEnumerable<ModelEntry> models, ModelNeed need) => [.. models.Select(m =>
    {
        var fit = ModelFit.Judge(m, need);
        return new Candidate(m, fit, m.Price.For(fit.Settings));
    })];

    private I2VException Refused(Candidate nearest, ModelNeed need, IEnumerable<ModelEntry> usable)
    {
        var (argument, words) = nearest.Fit.Lacks[0];
        var more = nearest.Fit.Lacks.Count > 1 ? "; also " + string.Join("; ", nearest.Fit.Lacks.Skip(1).Select(l => l.Words)) : "";
        var able = Judge(usable, need).Where(j => j.Fit.Fits).Take(4).ToList();
        var elsewhere = able.Count > 0
            ? []
            : Judge(
                catalogue.All.Where(m => m.Capabilities.Contains(need.Capability)
                    && !catalogue.IsRetired(m)
                    && catalogue.UnavailableReason(m) is not null),
                need)
                .Where(j => j.Fit.Fits)
                .Take(4)
                .ToList();
        var what = able.Count > 0
            ? $"{Names(able.Select(a => a.Model))} can do it. "
            : elsewhere.Count > 0
            ? $"{Names(elsewhere.Select(a => a.Model))} could: {catalogue.UnavailableReason(elsewhere[0].Model)}. "
            : "";
        // A wrong value is an invalid argument; a thing that the model does not have is the model's limit.
        var code = argument is "duration_seconds" or "resolution" or "prompt" ? ErrorCode.InvalidArgument : ErrorCode.UnsupportedByModel;
        return new I2VException(code, $"{nearest.Model.Id} can't do this: {words}{more}. {what}Nothing was spent.", argument);
    }

    private IEnumerable<ModelEntry> Usable(Capability capability) =>
        catalogue.All.Where(m => m.Capabilities.Contains(capability) && catalogue.UnavailableReason(m) is null);

    private string HowToGetMore() =>
        catalogue.All.Any(m => !m.IsEmbedded && catalogue.UnavailableReason(m) is null) ? "" : catalogue.HowToGetMore + " ";

    private static List<RouteStep> Steps(IEnumerable<Candidate> candidates) => [.. candidates.Select(c => new RouteStep(
        c.Model.Id,
        c.Model.Provider,
        c.Usd))];

    private static string Explain(string how, IReadOnlyList<Candidate> route)
    {
        var settings = route[0].Fit.Settings;
        List<string> facts = [];
        if (settings.DurationSeconds > 0)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{settings.DurationSeconds:0.#} s"));
        }
        facts.AddRange(new[] { settings.AspectRatio, settings.Resolution, settings.NativeAudio ? "with sound" : null }.OfType<string>());
        var price = route[0].Model.Price.IsFree ? "free" : string.Create(CultureInfo.InvariantCulture, $"${route[0].Usd:0.00##}");
        var then = route.Count > 1 ? $"; falls back to {string.Join(", ", route.Skip(1).Select(r => r.Model.Id))}" : "";
        return $"{how} {route[0].Model.Id}{(facts.Count > 0 ? $" ({string.Join(", ", facts)})" : "")}, {price}{then}.";
    }

    private static string Names(IEnumerable<ModelEntry> models)
    {
        var names = string.Join(", ", models.Select(m => m.Id).Take(12));
        return names.Length == 0 ? "none" : names;
    }

    private sealed record Candidate(ModelEntry Model, ModelFit Fit, decimal Usd);
}

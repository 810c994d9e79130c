using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>Finds the model for a request, and those to fall back to.</summary>
public sealed class ModelRouter(ModelCatalogue catalogue)
{
    private const int MostElsewhere = 5;
    private readonly RouteWords words = new(catalogue);

    /// <summary>True for a name that leaves the choice to the router.</summary>
    public static bool IsAuto(string? wanted) =>
        string.IsNullOrWhiteSpace(wanted) || wanted.Trim().Equals("auto", StringComparison.OrdinalIgnoreCase);

    /// <summary>The route for a request.</summary>
    /// <param name="wanted">An id, an alias or a name as people say it, or null or "auto": any.</param>
    /// <param name="need">What it needs.</param>
    /// <param name="mostUsd">What it may cost; null: no limit of its own.</param>
    /// <exception cref="I2VException">No such model, it can't do this, or nothing that is configured can.</exception>
    public Route Choose(string? wanted, ModelNeed need, decimal? mostUsd = null)
    {
        var candidates = Candidates(wanted, need);
        var judged = Candidate.Judge(candidates, need);
        return Choose(wanted, judged, need, mostUsd)
            ?? throw words.Lacking(
                IsAuto(wanted) ? judged.MinBy(j => j.Fit.Lacks.Count)! : judged[0],
                need,
                IsAuto(wanted) ? candidates : Usable(need.Capability));
    }

    /// <summary>The route for a request; null if no model that may be used can do it as it is asked for.</summary>
    /// <exception cref="I2VException">No such model, nothing that is configured does such a thing, or all of it is too dear.</exception>
    public Route? Find(string? wanted, ModelNeed need, decimal? mostUsd = null) =>
        Choose(wanted, Candidate.Judge(Candidates(wanted, need), need), need, mostUsd);

    /// <summary>
    /// The cheapest generative model of the wanted quality for a request; null if none can do it for so little. Nobody has agreed to a
    /// price, so it goes on to nothing that is dearer.
    /// </summary>
    public Route? Cheapest(ModelNeed need, decimal mostUsd)
    {
        var able = Candidate.Judge(Usable(need.Capability).Where(m => !m.IsEmbedded && m.Quality.Contains(need.Quality)), need)
            .Where(j => j.Fit.Fits && j.Usd <= mostUsd)
            .OrderBy(j => j.Usd)
            .ToList();
        return able.Count == 0 ? null : Route(able[0], FallbackOrder.After(able, agreedUsd: null), why: null);
    }

    /// <summary>
    /// The models that may be used for a request, whether or not they can do it as it is asked for. Where a generative model is configured
    /// the embedded engine is used by its name alone: it makes something else.
    /// </summary>
    /// <exception cref="I2VException">No such model, or none that does such a thing can be used.</exception>
    public IReadOnlyList<ModelEntry> Candidates(string? wanted, ModelNeed need)
    {
        if (IsAuto(wanted))
        {
            var usable = Usable(need.Capability).ToList();
            var generative = usable.Where(m => !m.IsEmbedded).ToList();
            return generative.Count > 0 ? generative : usable.Count > 0 ? usable : throw words.NothingDoes(need.Capability);
        }
        var named = catalogue.Named(wanted!, need.Capability);
        if (named.Count == 0)
        {
            throw words.NotNamed(wanted!.Trim(), need.Capability);
        }
        var living = named.Where(m => catalogue.UnavailableReason(m) is null).ToList();
        return living.Count > 0 ? living : throw words.NotUsable(wanted!.Trim(), named, need.Capability);
    }

    private Route? Choose(string? wanted, List<Candidate> judged, ModelNeed need, decimal? mostUsd)
    {
        var able = judged.Where(j => j.Fit.Fits).ToList();
        if (able.Count == 0)
        {
            return null;
        }
        if (!IsAuto(wanted))
        {
            able = CheaperFirst(able);
            var steps = FallbackOrder.After(able, mostUsd);
            var isSpelt = able[0].Model.Id.Equals(wanted!.Trim(), StringComparison.OrdinalIgnoreCase);
            return Route(
                able[0],
                steps,
                steps.Count > 0 || !isSpelt ? RouteWords.Chosen(Naming(wanted, able[0]), able[0], steps, Elsewhere(able)) : null);
        }
        var affordable = able.Where(j => mostUsd is null || j.Usd <= mostUsd).ToList();
        if (affordable.Count == 0)
        {
            throw RouteWords.TooDear(
                able.MinBy(j => j.Usd)!,
                mostUsd,
                catalogue.All.FirstOrDefault(m => m.IsEmbedded && m.Capabilities.Contains(need.Capability)));
        }
        var ordered = CheaperFirst(Ordered(affordable, need.Quality));
        var next = FallbackOrder.After(ordered, mostUsd);
        return Route(
            ordered[0],
            next,
            ordered[0].Model.IsEmbedded ? null : RouteWords.Chosen("auto chose", ordered[0], next));
    }

    // "Seedance 2.0 is seedance-2: runway:seedance2 ..."; what is spelt as in the catalogue needs no such help.
    private static string Naming(string wanted, Candidate chosen) =>
        wanted.Trim().Equals(chosen.Model.Alias, StringComparison.OrdinalIgnoreCase)
            || wanted.Trim().Equals(chosen.Model.Id, StringComparison.OrdinalIgnoreCase)
            ? $"{wanted.Trim()} is"
            : $"{wanted.Trim()} is {chosen.Model.Alias} ({chosen.Model.Provider}):";

    private static List<Candidate> Ordered(List<Candidate> able, EncodeQuality quality)
    {
        var suited = able.Where(j => j.Model.Quality.Contains(quality)).ToList();
        var rest = able.Except(suited).ToList();
        return quality == EncodeQuality.Draft ? [.. suited.OrderBy(j => j.Usd), .. rest] : [.. suited, .. rest];
    }

    // Whoever has the model that comes first, before any other model: who makes the same of it for less before the others, unless the user
    // wants another asked first.
    private List<Candidate> CheaperFirst(List<Candidate> able)
    {
        var first = able[0];
        return
        [
            .. able.OrderByDescending(c => IsSame(c, first))
                .ThenBy(c => IsSame(c, first) ? catalogue.RankOf(c.Model) : 0)
                .ThenBy(c => IsSame(c, first) ? MakesTheSame(c, first) ? c.Usd : decimal.MaxValue : 0),
        ];
    }

    // The same model at others, once each.
    private static IReadOnlyList<Candidate> Elsewhere(List<Candidate> able) =>
    [
        .. able.Where(c => IsSame(c, able[0]) && MakesTheSame(c, able[0]))
            .DistinctBy(c => c.Model.Provider)
            .Skip(1)
            .Take(MostElsewhere),
    ];

    private static bool IsSame(Candidate one, Candidate other) =>
        one.Model.Alias.Equals(other.Model.Alias, StringComparison.OrdinalIgnoreCase);

    private static bool MakesTheSame(Candidate one, Candidate other)
    {
        var (here, there) = (one.Fit.Settings, other.Fit.Settings);
        return (here.DurationSeconds, here.Resolution, here.NativeAudio, here.Count) ==
            (there.DurationSeconds, there.Resolution, there.NativeAudio, there.Count);
    }

    private IEnumerable<ModelEntry> Usable(Capability capability) =>
        catalogue.All.Where(m => m.Capabilities.Contains(capability) && catalogue.UnavailableReason(m) is null);

    private static Route Route(Candidate chosen, IReadOnlyList<RouteStep> next, string? why) =>
        new(chosen.Model, chosen.Fit, chosen.Usd, next, why);
}

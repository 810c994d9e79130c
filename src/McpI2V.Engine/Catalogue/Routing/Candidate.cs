namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>A model that was judged by a need.</summary>
/// <param name="Model">The model.</param>
/// <param name="Fit">Whether it can do it, and how.</param>
/// <param name="Usd">What it costs there.</param>
internal sealed record Candidate(ModelEntry Model, ModelFit Fit, decimal Usd)
{
    /// <summary>Judges models by a need, in their order.</summary>
    public static List<Candidate> Judge(IEnumerable<ModelEntry> models, ModelNeed need) => [.. models.Select(m =>
    {
        var fit = ModelFit.Judge(m, need);
        return new Candidate(m, fit, m.Price.For(fit.Settings));
    })];
}

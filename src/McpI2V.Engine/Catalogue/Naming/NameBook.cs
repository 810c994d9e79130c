namespace McpI2V.Engine.Catalogue.Naming;

/// <summary>The names of a catalogue's models, to find the one that somebody means.</summary>
/// <param name="models">Every model, by alias and id.</param>
internal sealed class NameBook(IEnumerable<(string Alias, string Id)> models)
{
    private readonly List<(string Alias, SpokenName Name, SpokenName Id)> entries =
        [.. models.Select(m => (m.Alias, SpokenName.Of(m.Alias), SpokenName.Of(m.Id)))];

    /// <summary>
    /// The aliases that a name may mean: one where it is clear; several where they are equally near and equally common; none. A name
    /// without a version means the newest one that can be used.
    /// </summary>
    /// <param name="spoken">The name as it was said.</param>
    /// <param name="isUsable">True for an alias that can be used now: of two that are meant it is the one.</param>
    public IReadOnlyList<string> Meant(string spoken, Func<string, bool> isUsable)
    {
        var name = SpokenName.Of(spoken);
        // Some write the vendor's own id; one without a version is only the family's name.
        if ((entries.Find(e => e.Name.IsSame(name)).Alias
            ?? entries.Find(e => name.Versions.Count > 0 && e.Id.IsSame(name)).Alias) is { } same)
        {
            return [same];
        }
        var close = entries
            .Select(e => (e.Alias, e.Name.Version, Unsaid: name.LeftUnsaid(e.Name, e.Id)))
            .Where(e => e.Unsaid is not null)
            .DistinctBy(e => e.Alias)
            .ToList();
        var usable = close.Where(e => isUsable(e.Alias)).ToList();
        close = usable.Count > 0 ? usable : close;
        var newest = close.Where(e => e.Version >= close.Max(c => c.Version)).ToList();
        List<string> near = [.. newest.Where(e => e.Unsaid == newest.Min(n => n.Unsaid)).Select(e => e.Alias)];
        // Of a family, the plain name is that of the one that most providers have: FLUX.2 is the Pro.
        var most = near.Select(Offers).DefaultIfEmpty(0).Max();
        return near.Count > 1 && most > 1 ? [.. near.Where(a => Offers(a) == most)] : near;

        int Offers(string alias) => entries.Count(e => e.Alias == alias);
    }

    /// <summary>The aliases that are nearest to a name that means none, the nearest first.</summary>
    public IReadOnlyList<string> Nearest(string spoken, int most)
    {
        var name = SpokenName.Of(spoken);
        return
        [
            .. entries
                .Select(e => (e.Alias, Distance: name.Distance(e.Name)))
                .Where(e => !double.IsPositiveInfinity(e.Distance))
                .OrderBy(e => e.Distance)
                .Select(e => e.Alias)
                .Distinct(StringComparer.Ordinal)
                .Take(most),
        ];
    }
}

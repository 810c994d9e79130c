namespace McpI2V.Engine.Catalogue.Naming;

/// <summary>What people ask for and is not to be had here.</summary>
internal static class NotOfferedModels
{
    private static readonly Lazy<IReadOnlyList<(SpokenName Name, NotOffered Model)>> All = new(() =>
        [.. NameFile.OfProgram.Models.SelectMany(m => m.Names.Select(n => (SpokenName.Of(n), m)))]);

    /// <summary>The one that a name means, by the most of its words; null: none.</summary>
    public static NotOffered? Find(string spoken)
    {
        var name = SpokenName.Of(spoken);
        return All.Value
            .Where(e => e.Name.Words.All(name.Words.Contains) && e.Name.Versions.All(name.Versions.Contains))
            .OrderByDescending(e => e.Name.Words.Count + e.Name.Versions.Count)
            .Select(e => e.Model)
            .FirstOrDefault();
    }
}

using McpI2V.Media;
using McpI2V.Media.Colours;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Library.Finding;

/// <summary>Finds assets by what people remember of them, and says what is nearest where nothing is all of it.</summary>
public sealed class AssetFinder(AssetStore assets, ColourIndex colours)
{
    private const int MostLookedThrough = 1_000;
    private const int MostNear = 3;
    private const int LeastLetters = 3;

    /// <summary>What was found.</summary>
    /// <param name="Assets">The assets, newest first.</param>
    /// <param name="HasMore">True if there are more than the limit.</param>
    /// <param name="Unmeasured">How many have no colour yet, and were not looked at.</param>
    public sealed record Found(IReadOnlyList<Asset> Assets, bool HasMore, int Unmeasured);

    /// <summary>Finds.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="colour">A word of a colour or #rrggbb; null: any.</param>
    /// <param name="callCancelled">Ends the measuring of colours.</param>
    /// <exception cref="I2VException">The colour is none.</exception>
    public async Task<Found> FindAsync(AssetQuery query, string? colour, CancellationToken callCancelled)
    {
        if (colour is null)
        {
            var found = assets.Search(query with { Limit = query.Limit + 1 });
            return new Found([.. found.Take(query.Limit)], found.Count > query.Limit, 0);
        }
        var shows = ColourWords.Finder(colour) ?? throw I2VException.Invalid(
            "colour",
            $"colour is {ForeignText.Quote(colour, 40)}; a word of {ColourWords.All}, or #rrggbb is needed.");
        var (showing, unmeasured) = await colours.FilterAsync(
            assets.Search(query with { Limit = MostLookedThrough, Offset = 0 }),
            shows,
            callCancelled);
        return new Found(
            [.. showing.Skip(query.Offset).Take(query.Limit)],
            showing.Count > query.Offset + query.Limit,
            unmeasured);
    }

    /// <summary>What is nearest to a query that found nothing: each time one thing less is asked for.</summary>
    public IReadOnlyList<string> Nearest(AssetQuery query, string? colour)
    {
        List<(string What, AssetQuery Query)> easier = [];
        if (colour is not null)
        {
            easier.Add(("of any colour", query));
        }
        if (query.Since is not null || query.Until is not null)
        {
            easier.Add(("at any time", query with { Since = null, Until = null }));
        }
        if (query.OnlyStarred)
        {
            easier.Add(("starred or not", query with { OnlyStarred = false }));
        }
        if (query.Kind is not null)
        {
            easier.Add(("of any kind", query with { Kind = null }));
        }
        if (query.Words.Count > 1)
        {
            easier.AddRange(query.Words
                .Where(w => w.Length >= LeastLetters)
                .Select(w => ($"with only {ForeignText.Quote(w, 30)}", query with { Words = [w] })));
        }
        List<string> near = [.. query.Words.Select(Respelt).OfType<string>()];
        foreach (var (what, one) in easier)
        {
            if (near.Count < MostNear && assets.Count(one with { Offset = 0 }) is > 0 and var count)
            {
                var newest = assets.Search(one with { Limit = 1, Offset = 0 })[0];
                near.Add($"{count} {what}, the newest {Named(newest)}");
            }
        }
        return near;
    }

    /// <summary>An asset as a candidate is named.</summary>
    public static string Named(Asset asset) => $"{asset.Handle} {ForeignText.Quote(asset.Title, 60)}";

    // A word that nothing has, and one that something has and is spelt nearly so.
    private string? Respelt(string word)
    {
        if (word.Length < LeastLetters || assets.Count(new AssetQuery { Words = [word] }) > 0)
        {
            return null;
        }
        var known = assets.Search(new AssetQuery { Limit = 300 })
            .SelectMany(a => AssetQuery.WordsOf($"{a.Title} {a.Prompt}"))
            .Where(w => w.Length >= LeastLetters)
            .Select(w => w.Trim('.', ',', ':', '!', '?'))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return NearestWord.Find(word, known) is { } meant
            ? $"{ForeignText.Quote(meant, 30)} instead of {ForeignText.Quote(word, 30)}"
            : null;
    }
}

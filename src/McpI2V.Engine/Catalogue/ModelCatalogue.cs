using System.Text.Json;
using McpI2V.Engine.Catalogue.Naming;
using McpI2V.Engine.Storage.Files;

namespace McpI2V.Engine.Catalogue;

/// <summary>All models: the program's own and its providers', overridden and extended by the user's <c>models.json</c>.</summary>
/// <param name="library">Where the user's file lies.</param>
/// <param name="documents">Where it is kept what was learned.</param>
/// <param name="sources">The rows of each room.</param>
/// <param name="whyNot">Why a provider can't be used; null if it can.</param>
/// <param name="time">Today: a model is retired from its day on.</param>
/// <param name="keys">What a user sets to use a provider, by the provider's name, in route order.</param>
/// <param name="order">The providers that the user wants asked first, in that order.</param>
public sealed class ModelCatalogue(
    LibraryOptions library,
    ISharedDocuments documents,
    IReadOnlyList<IModelSource> sources,
    Func<string, string?> whyNot,
    TimeProvider time,
    IReadOnlyList<(string Provider, string Variable)>? keys = null,
    IReadOnlyList<string>? order = null)
{
    private readonly Lazy<(HashSet<string> Users, IReadOnlyList<ModelEntry> All)> models =
        new(() => Load(library, sources, order ?? []), LazyThreadSafetyMode.PublicationOnly);
    private readonly LearnedModels learned = new(documents);

    // "Kling 3 by Pika", "through Replicate": who is to make it.
    private static readonly string[] ThroughWhom = ["by", "at", "via", "through", "on", "from"];

    /// <summary>Every model, retired ones too, in route order.</summary>
    /// <exception cref="I2VException">The user's models.json can't be read.</exception>
    public IReadOnlyList<ModelEntry> All => learned.Rows() is { Count: > 0 } more ? [.. models.Value.All, .. more] : models.Value.All;

    /// <summary>
    /// What the user has said of who comes before whom, least first: rows of the user's own, then the providers of the user's order; the
    /// others are all alike.
    /// </summary>
    public int RankOf(ModelEntry model) => models.Value.Users.Contains(model.Id) ? -1 : RankOf(model.Provider, order ?? []);

    /// <summary>What a user can set to get more than the embedded engine, in a sentence.</summary>
    public string HowToGetMore => keys is null ? "" : $"Set {Either(keys)} for generated pictures and motion.";

    /// <summary>What a user can set to use one of these models, in a sentence with a blank after it; empty: nothing is known.</summary>
    public string HowToGet(IReadOnlyList<ModelEntry> models)
    {
        var bringing = (keys ?? []).Where(k => models.Any(m => m.Provider == k.Provider)).ToList();
        return bringing.Count == 0 ? "" : $"Set {Either(bringing)}. ";
    }

    /// <summary>Why a model can't be used now; null if it can.</summary>
    public string? UnavailableReason(ModelEntry model) => IsRetired(model)
        ? $"{model.Provider} ended it " +
            $"on {model.RetiredOn}{(model.Instead is { } instead ? $"; the nearest living model is {instead}" : "")}"
        : whyNot(model.Provider);

    /// <summary>True if a model was shut down.</summary>
    public bool IsRetired(ModelEntry model) => EndsIn(model) is { } left && left <= TimeSpan.Zero;

    /// <summary>How long a model with a known end is still served; null: no end is known.</summary>
    public TimeSpan? EndsIn(ModelEntry model) =>
        DateOnly.TryParseExact(model.RetiredOn, "yyyy-MM-dd", out var day)
            ? day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - time.GetUtcNow().UtcDateTime
            : null;

    /// <summary>The model with this id; null if there is none.</summary>
    public ModelEntry? Find(string id) => All.FirstOrDefault(m => m.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) ?? learned.Find(id);

    /// <summary>
    /// Asks the providers for a name that the catalogue does not know; what one of them has is known from then on. A row with the day on
    /// which it was learned may have changed since, and is asked for anew: its source says when there is nothing new.
    /// </summary>
    /// <exception cref="I2VException">A provider has it, and it can't be used as it is.</exception>
    public async Task LearnAsync(string name, CancellationToken callCancelled)
    {
        var wanted = name.Trim();
        if (!wanted.Contains(':', StringComparison.Ordinal))
        {
            return;
        }
        var named = Named(wanted);
        var isOld = named is [{ AsOf.Length: > 0 } row] && learned.Rows().Any(r => r.Id == row.Id);
        if (named.Count > 0 && !isOld)
        {
            return;
        }
        foreach (var source in sources)
        {
            try
            {
                if (await source.LearnAsync(wanted, callCancelled) is { } learnt)
                {
                    learned.Keep(learnt);
                    return;
                }
            }
            catch (I2VException) when (isOld)
            {
                // What was learned serves until its provider refuses it.
                return;
            }
        }
    }

    /// <summary>Every model that a name means: one by its id, or all that share the alias; none where it may mean several.</summary>
    /// <param name="name">The name as it was said: <c>kling-3</c>, <c>Kling 3.0</c>, <c>Runway Gen-4.5</c>, <c>Kling 3 by Pika</c>.</param>
    /// <param name="capability">What it is to do: of two that are meant, who can do it is the one; null: any.</param>
    public IReadOnlyList<ModelEntry> Named(string name, Capability? capability = null)
    {
        var wanted = name.Trim();
        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var through = Array.FindLastIndex(words, w => ThroughWhom.Contains(w, StringComparer.OrdinalIgnoreCase));
        var whose = string.Join(' ', words[(through + 1)..]);
        if (through > 0
            && Named(string.Join(' ', words[..through]), capability).Where(m => IsCalled(m.Provider, whose)).ToList()
                is { Count: > 0 } there)
        {
            return there;
        }
        var found = All.Where(m => m.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        found = found.Count > 0 ? found : Aliased(wanted);
        found = found.Count > 0 ? found : [.. All.Where(m => m.Id.EndsWith(":" + wanted, StringComparison.OrdinalIgnoreCase))];
        found = found.Count > 0 ? found : Meant(wanted, capability) is [var alias] ? Aliased(alias) : [];
        return found.Count > 0 ? found : Find(wanted) is { } unlisted ? [unlisted] : [];
    }

    /// <summary>The aliases nearest to a name that means no one model, those that it may mean first.</summary>
    public IReadOnlyList<string> Nearest(string name, Capability capability, int most)
    {
        var book = BookOf(capability);
        return [.. book.Meant(name.Trim(), IsUsable).Concat(book.Nearest(name.Trim(), most)).Distinct().Take(most)];
    }

    private static string Either(IReadOnlyList<(string Provider, string Variable)> keys) => keys.Count == 1
        ? keys[0].Variable
        : $"{string.Join(", ", keys.SkipLast(1).Select(k => k.Variable))} or {keys[^1].Variable}";

    private List<ModelEntry> Aliased(string alias) => [.. All.Where(m => m.Alias.Equals(alias, StringComparison.OrdinalIgnoreCase))];

    private IReadOnlyList<string> Meant(string name, Capability? capability) =>
        capability is { } kind && BookOf(kind).Meant(name, IsUsable) is { Count: > 0 } able ? able : BookOf(null).Meant(name, IsUsable);

    private NameBook BookOf(Capability? capability) =>
        new(All.Where(m => capability is null || m.Capabilities.Contains(capability.Value)).Select(m => (m.Alias, m.Id)));

    private bool IsCalled(string provider, string name) => provider.Equals(name, StringComparison.OrdinalIgnoreCase)
        || sources.Any(s => s.Provider == provider && s.AlsoCalled.Contains(name, StringComparer.OrdinalIgnoreCase));

    private bool IsUsable(string alias) => Aliased(alias).Any(m => UnavailableReason(m) is null);

    private static int RankOf(string provider, IReadOnlyList<string> order) => order.Contains(provider)
        ? order.TakeWhile(p => p != provider).Count()
        : order.Count;

    private static (HashSet<string> Users, IReadOnlyList<ModelEntry> All) Load(
        LibraryOptions library,
        IReadOnlyList<IModelSource> sources,
        IReadOnlyList<string> order)
    {
        var own = sources.OrderBy(s => RankOf(s.Provider, order)).SelectMany(s => s.Rows());
        var users = Users(Path.Combine(library.Home, "models.json"), sources);
        var ids = users.Select(u => u.Id).ToHashSet(StringComparer.Ordinal);
        return (ids, [.. users, .. own.Where(o => !ids.Contains(o.Id))]);
    }

    private static ModelEntry[] Users(string path, IReadOnlyList<IModelSource> sources)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        try
        {
            return ModelFile.Read(File.ReadAllText(path), p => sources.FirstOrDefault(s => s.Provider == p)?.OwnWords);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw I2VException.Invalid(
                "models.json",
                $"{path} can't be read: {e.Message} Correct it (docs/models.md tells its words), or move it away.");
        }
    }
}

using McpI2V.Engine.Batches;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Library.Finding;

/// <summary>
/// What references in words mean. One that is certain is taken, and told; of any other it is said what it could be, or how to go on.
/// </summary>
public sealed class SpokenReferences(
    AssetStore assets,
    AssetFinder finder,
    ElementStore elements,
    PresetCatalogue presets,
    SpokenTime times)
{
    private const int MostCandidates = 6;
    private const int SentenceWords = 6;
    private const string Otherwise = "Give a handle (find_assets finds by words, day and colour), a path, an https URL or a data URI.";

    /// <summary>What a reference means.</summary>
    /// <param name="Asset">The asset.</param>
    /// <param name="AtSeconds">The moment of it that is meant, infinity for its last frame; null: all of it.</param>
    /// <param name="IsTold">False where the handle was as good as written.</param>
    public sealed record Meaning(Asset Asset, double? AtSeconds, bool IsTold);

    /// <summary>True for what can't be a handle, an address or a path.</summary>
    public static bool IsWords(string said) => SpokenReference.IsWords(said);

    /// <summary>What is meant.</summary>
    /// <param name="said">The words.</param>
    /// <param name="kind">What is needed; null: any media.</param>
    /// <param name="argument">The argument's name, for errors.</param>
    /// <param name="folders">The folders from which files are read, for whoever has a file to hand over.</param>
    /// <param name="callCancelled">Ends the measuring of colours.</param>
    /// <exception cref="I2VException">It is not certain, or nothing like it is there.</exception>
    public async Task<Meaning> FindAsync(
        string said,
        MediaKind? kind,
        string argument,
        IReadOnlyList<string> folders,
        CancellationToken callCancelled)
    {
        var words = SpokenReference.Read(said, times);
        if (words.Handle is { } handle)
        {
            return words.AtSeconds is { } at
                ? new Meaning(Moment(assets.Get(handle, argument), at, kind, argument), at, IsTold: true)
                : new Meaning(assets.Get(handle, argument), null, IsTold: false);
        }
        if (Batch.TryParse(said, out var batch))
        {
            var made = assets.Search(new AssetQuery { Batch = batch, Kind = kind, Limit = MostCandidates + 1 });
            return Only(made, $"{argument} names {Batch.NameOf(batch)}, a batch", argument);
        }
        if (PrefixedId.TryParse(said, "job-", "i2v://jobs/", out var job))
        {
            var made = assets.OfJob(job).Where(a => kind is null || a.Handle.Kind == kind).ToList();
            return Only(made, $"{argument} names a job", argument);
        }
        if (elements.Find(said) is { } element)
        {
            return kind is null or MediaKind.Still
                ? new Meaning(assets.Get(element.Images[0], argument), null, IsTold: true)
                : throw I2VException.Invalid(argument, $"{argument} names the element {Quoted(element.Name)}, whose pictures are " +
                    $"{string.Join(", ", element.Images)}, and a {SnakeCase.From(kind.Value)} is needed here. Nothing was spent.");
        }
        if (presets.Find(said) is { } preset)
        {
            throw I2VException.Invalid(argument,
                $"{argument} names the preset {preset.Name}, which is a motion: give it in preset. {Otherwise} Nothing was spent.");
        }
        return words.IsAttachment
            ? throw Attached(said, kind, argument, folders)
            : await LookAsync(said, words, kind, argument, callCancelled);
    }

    private async Task<Meaning> LookAsync(
        string said,
        SpokenReference words,
        MediaKind? kind,
        string argument,
        CancellationToken callCancelled)
    {
        var query = new AssetQuery
        {
            Words = words.Words,
            Kind = words.Kind ?? kind,
            Since = words.When?.From,
            Until = words.When?.To,
            Limit = words.IsNewest ? 1 : MostCandidates + 1,
        };
        var saysNothing = words is { Words: [], Kind: null, When: null, Colour: null, IsNewest: false };
        var found = saysNothing ? [] : (await finder.FindAsync(query, words.Colour, callCancelled)).Assets;
        if (found.Count == 0 && words.Colour is { } colour && !saysNothing)
        {
            found = assets.Search(query with { Words = [.. words.Words, colour] });
        }
        var named = found.Where(a => a.Title.Equals(said, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count > 0)
        {
            var meant = Only(named.Count == 1 ? named : found, $"{argument} is {Quoted(said)}", argument).Asset;
            return kind is { } wanted && meant.Handle.Kind != wanted
                ? throw I2VException.Invalid(argument, $"{argument}: {Quoted(said)} is {AssetFinder.Named(meant)}, and a " +
                    $"{SnakeCase.From(wanted)} is needed here.{FrameOf(meant, wanted)} find_assets with kind " +
                    $"{SnakeCase.From(wanted)} lists them. Nothing was spent.")
                : new Meaning(meant, null, IsTold: true);
        }
        var near = saysNothing ? [] : finder.Nearest(query, words.Colour);
        throw new I2VException(
            ErrorCode.NotFound,
            $"{argument}: nothing in the library is {Quoted(said)}.{(near.Count == 0 ? "" : $" Near: {string.Join("; ", near)}.")}" +
                $"{(kind == MediaKind.Audio ? Sounds(said) : "")} {Otherwise} Nothing was spent.",
            argument);
    }

    /// <summary>What a clip has where a still is needed, as the end of a message; empty elsewhere.</summary>
    public static string FrameOf(Asset asset, MediaKind wanted) => asset.Handle.Kind == MediaKind.Clip && wanted == MediaKind.Still
        ? $" A frame of it is \"{asset.Handle} at 0 s\" or \"last frame of {asset.Handle}\"."
        : "";

    private static Asset Moment(Asset clip, double at, MediaKind? kind, string argument)
    {
        if (clip.Handle.Kind != MediaKind.Clip)
        {
            throw I2VException.Invalid(argument, $"{argument} names a moment of {clip.Handle}, which is no clip. Nothing was spent.");
        }
        if (kind is not (null or MediaKind.Still))
        {
            throw I2VException.Invalid(argument, $"{argument} names a frame of {clip.Handle}, and a {SnakeCase.From(kind.Value)} is " +
                $"needed here: give {clip.Handle}, and cut it by the operation trim. Nothing was spent.");
        }
        return double.IsInfinity(at) || at < clip.Duration.TotalSeconds
            ? clip
            : throw I2VException.Invalid(argument,
                $"{argument} names {clip.Handle} at {at:0.##} s, but it lasts {clip.Duration.TotalSeconds:0.##} s. Nothing was spent.");
    }

    private static Meaning Only(IReadOnlyList<Asset> found, string what, string argument) => found switch
    {
        [var only] => new Meaning(only, null, IsTold: true),
        [] => throw new I2VException(
            ErrorCode.NotFound,
            $"{what} that has made nothing that fits here. check_job tells how it stands. {Otherwise} Nothing was spent.",
            argument),
        _ => throw I2VException.Invalid(argument,
            $"{what}, which can be {string.Join(", ", found.Take(MostCandidates).Select(AssetFinder.Named))}" +
                $"{(found.Count > MostCandidates ? " or more (find_assets lists them)" : "")}. Say which, by its handle. " +
                "Nothing was spent."),
    };

    private static I2VException Attached(string said, MediaKind? kind, string argument, IReadOnlyList<string> folders) => new(
        ErrorCode.NotFound,
        $"{argument} is {Quoted(said)}: what is attached to a chat does not reach this server. Save it as a file in " +
            $"{(folders.Count == 0 ? "a folder of I2V__Inputs__Roots" : string.Join(", ", folders))} and give its path or name, or give " +
            "an https URL. Nothing was spent.",
        argument)
    {
        Missing = new MissingInput(said, kind),
    };

    private static string Sounds(string said) => AssetQuery.WordsOf(said).Count >= SentenceWords
        ? " To have these words spoken, call generate_audio with kind voice and them as text, and give the handle it makes; in " +
            "animate_image with options.audio_role speak the person seen says it."
        : " generate_audio makes music (kind music) or has words spoken (kind voice); give the handle it makes.";

    private static string Quoted(string said) => ForeignText.Quote(said, 80);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Import;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Editing;

/// <summary>Recipes of clips: the typed edits that lead from a master to what the user sees, rendered from the master every time.</summary>
public sealed class Recipes(MediaLibrary library, AssetReferences references, FfmpegFilters filters)
{
    /// <summary>The most steps a recipe may have.</summary>
    public const int MostSteps = 100;

    private const int DeepestAppend = 8;

    /// <summary>Checks new steps, then brings every reference of theirs into the library, so that the recipe holds handles only.</summary>
    /// <param name="operations">The steps as the caller wrote them.</param>
    /// <param name="argument">The argument's name, for errors.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="callCancelled">Ends the imports.</param>
    /// <exception cref="I2VException">A step is not known, has a wrong member, or refers to nothing.</exception>
    public async Task<JsonArray> BindAsync(
        IReadOnlyList<JsonElement> operations,
        string argument,
        Caller caller,
        CancellationToken callCancelled)
    {
        var definitions = operations.Select((step, i) => AsI2VException(() => OperationCatalogue.Check(step), $"{argument}[{i}]")).ToList();
        await RequireFiltersAsync(definitions, argument, callCancelled);
        JsonArray bound = [];
        for (var i = 0; i < operations.Count; i++)
        {
            var step = JsonNode.Parse(operations[i].GetRawText());
            var at = $"{argument}[{i}]";
            foreach (var member in definitions[i].References)
            {
                if (step![member] is JsonArray list)
                {
                    for (var item = 0; item < list.Count; item++)
                    {
                        list[item] = await HandleAsync(list[item], $"{at}.{member}[{item}]", caller, callCancelled);
                    }
                }
                else if (step[member] is { } single)
                {
                    step[member] = await HandleAsync(single, $"{at}.{member}", caller, callCancelled);
                }
            }
            bound.Add(step);
        }
        return bound;
    }

    /// <summary>A clip as renders take it: its master with its recipe and further steps.</summary>
    /// <exception cref="I2VException">A step does not fit; the message names it.</exception>
    public ClipSource SourceOf(Asset clip, JsonArray? further = null, string argument = "operations", IAssetPaths? files = null)
    {
        var source = Compose(clip, further ?? [], argument, files ?? library, depth: 0);
        AsI2VException(source.Result, argument);
        return source;
    }

    /// <summary>Looks that every file that a recipe reads is there.</summary>
    /// <param name="clip">The clip that it edits; null for one that is not made yet.</param>
    /// <param name="further">Its further steps.</param>
    /// <param name="callCancelled">Ends the looking.</param>
    /// <exception cref="I2VException">One was deleted, or a step can't be read.</exception>
    public Task RequireFilesAsync(Asset? clip, JsonArray further, CancellationToken callCancelled) => library.CheckAsync(
        files => clip is null
            ? Read(further, new LibrarySources(this, library, files, "operations", depth: 0), i => Where("operations", i)).Count
            : Compose(clip, further, "operations", files, depth: 0).Recipe.Count,
        callCancelled);

    /// <summary>Tries steps on a clip that is not made yet.</summary>
    /// <exception cref="I2VException">A step does not fit; the message names it.</exception>
    public void RequireFit(JsonArray steps, ClipShape shape, string argument = "operations")
    {
        var sources = new LibrarySources(this, library, library, argument, depth: 0);
        foreach (var step in steps)
        {
            shape = AsI2VException(
                () => OperationCatalogue.Read(JsonSerializer.SerializeToElement(step!, RecipeJson.Default.JsonNode), sources).Apply(shape),
                argument);
        }
    }

    /// <summary>The clip a recipe begins from.</summary>
    public Asset MasterOf(Asset clip) => clip.Master is { } master ? library.Assets.Get(master) : clip;

    /// <summary>The whole recipe of a clip with further steps.</summary>
    /// <exception cref="I2VException">It would have too many steps.</exception>
    public static JsonArray Extend(Asset clip, JsonArray further)
    {
        JsonArray all = [.. clip.Recipe.Select(s => s!.DeepClone()), .. further.Select(s => s!.DeepClone())];
        return all.Count <= MostSteps
            ? all
            : throw I2VException.Invalid("operations",
                $"the recipe would have {all.Count} steps; at most {MostSteps} are kept. Export the clip and go on from the file.");
    }

    private async Task RequireFiltersAsync(List<OperationDefinition> definitions, string argument, CancellationToken callCancelled)
    {
        foreach (var (index, definition) in definitions.Index())
        {
            try
            {
                await filters.RequireAsync(definition.Name, definition.Filters, callCancelled);
            }
            catch (MediaException e)
            {
                throw Refused(e, $"{argument}[{index}]");
            }
        }
    }

    private ClipSource Compose(Asset clip, JsonArray further, string argument, IAssetPaths files, int depth)
    {
        if (depth > DeepestAppend)
        {
            throw I2VException.Invalid(argument,
                $"{argument}: clips are appended to clips more than {DeepestAppend} levels deep; export one and append the file.");
        }
        var master = MasterOf(clip);
        var sources = new LibrarySources(this, library, files, argument, depth);
        var steps = Read(Extend(clip, further), sources, i => Where(argument, i - clip.Recipe.Count));
        return new ClipSource(files.PathOf(master), master.Format, MediaLibrary.ShapeOf(master), steps);
    }

    private static List<IClipOperation> Read(JsonArray steps, LibrarySources sources, Func<int, string> where) =>
    [
        .. steps.Select((step, i) => AsI2VException(
            () => OperationCatalogue.Read(JsonSerializer.SerializeToElement(step!, RecipeJson.Default.JsonNode), sources),
            where(i))),
    ];

    private static string Where(string argument, int index) => index < 0 ? argument : $"{argument}[{index}]";

    private async Task<JsonNode> HandleAsync(
        JsonNode? reference,
        string argument,
        Caller caller,
        CancellationToken callCancelled)
    {
        if (reference is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            throw I2VException.Invalid(argument, $"{argument} must be a text: a handle, a path, an https URL or a data URI.");
        }
        var asset = await references.ResolveAsync(text, kind: null, argument, caller, callCancelled);
        return JsonValue.Create(asset.Handle.ToString());
    }

    private static T AsI2VException<T>(Func<T> work, string argument)
    {
        try
        {
            return work();
        }
        catch (MediaException e)
        {
            throw Refused(e, argument);
        }
    }

    private static I2VException Refused(MediaException e, string argument) => I2VException.From(
        new MediaException(e.Fault, $"{argument}: {e.Message}. Nothing was rendered and nothing was spent.", e),
        argument);

    private sealed class LibrarySources(Recipes recipes, MediaLibrary library, IAssetPaths files, string argument, int depth)
        : IOperationSources
    {
        public AudioSource Audio(string handle)
        {
            var asset = Find(handle);
            return asset.Handle.Kind == MediaKind.Audio || asset.HasAudio
                ? files.AudioOf(asset)
                : throw I2VException.Invalid(argument,
                    $"{argument}: {asset.Handle} has no sound; give an audio asset or a clip with sound.");
        }

        public ClipSource Clip(string handle)
        {
            var asset = Find(handle);
            return asset.Handle.Kind == MediaKind.Clip
                ? recipes.Compose(asset, [], argument, files, depth + 1)
                : throw I2VException.Invalid(argument, $"{argument}: {asset.Handle} is no clip; animate_image makes one of a still.");
        }

        public StillSource Still(string handle)
        {
            var asset = Find(handle);
            return asset.Handle.Kind == MediaKind.Still
                ? files.StillOf(asset)
                : throw I2VException.Invalid(argument, $"{argument}: {asset.Handle} is no still.");
        }

        private Asset Find(string handle) => AssetHandle.TryParse(handle, out var parsed)
            ? library.Assets.Get(parsed, argument)
            : throw I2VException.Invalid(argument, $"{argument}: \"{handle}\" is no handle.");
    }
}

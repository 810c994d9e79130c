using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Finding;
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
        List<JsonElement> said = [];
        foreach (var (index, operation) in operations.Index())
        {
            said.Add(await WithCuesAsync(operation, $"{argument}[{index}]", caller, callCancelled));
        }
        operations = said;
        var definitions = operations.Select((step, i) => AsI2VException(() => OperationCatalogue.Check(step), $"{argument}[{i}]")).ToList();
        foreach (var (index, definition) in definitions.Index())
        {
            await RequireFiltersAsync(definition, $"{argument}[{index}]", callCancelled);
        }
        JsonArray bound = [];
        for (var i = 0; i < operations.Count; i++)
        {
            bound.Add(await BoundAsync(operations[i], definitions[i], $"{argument}[{i}]", caller, callCancelled));
        }
        return bound;
    }

    /// <summary>The same for one step, which the argument itself holds.</summary>
    /// <exception cref="I2VException">It is not known, has a wrong member, or refers to nothing.</exception>
    public async Task<JsonNode> BindStepAsync(
        JsonElement operation,
        string argument,
        Caller caller,
        CancellationToken callCancelled)
    {
        operation = await WithCuesAsync(operation, argument, caller, callCancelled);
        var definition = AsI2VException(() => OperationCatalogue.Check(operation), argument);
        await RequireFiltersAsync(definition, argument, callCancelled);
        return await BoundAsync(operation, definition, argument, caller, callCancelled);
    }

    /// <summary>What a voice speaks, word by word, as cues.</summary>
    /// <param name="voice">The voice: a handle, or words for it.</param>
    /// <param name="argument">The argument's name, for errors.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="callCancelled">Ends the search.</param>
    /// <exception cref="I2VException">There is no such sound, or nobody knows when its words are spoken.</exception>
    public async Task<JsonArray> CuesOfAsync(string voice, string argument, Caller caller, CancellationToken callCancelled)
    {
        var sound = await references.ResolveAsync(voice, MediaKind.Audio, argument, caller, callCancelled);
        return await KnownCuesAsync(sound, argument, callCancelled)
            ?? throw I2VException.Invalid(argument, $"{argument}: nobody knows when the words of {sound.Handle} are spoken; voices that " +
                "elevenlabs: models make know it. Give the cues themselves, or have the text spoken by one of them. Nothing was spent.");
    }

    /// <summary>What is spoken in a sound, word by word, as cues; null: nobody knows, or nothing is.</summary>
    public async Task<JsonArray?> KnownCuesAsync(Asset sound, string argument, CancellationToken callCancelled) =>
        await library.SubtitlesOfAsync(sound, callCancelled) is { } words ? SubtitleText.Cues(words, argument) : null;

    /// <summary>True if a step, whose references are handles, is whole and does not contradict itself.</summary>
    public bool CanRead(JsonNode step)
    {
        try
        {
            Read([step.DeepClone()], new LibrarySources(this, library, library, "operations", depth: 0), _ => "operations");
            return true;
        }
        catch (I2VException)
        {
            return false;
        }
    }

    /// <summary>A clip as renders take it: its master with its recipe and further steps.</summary>
    /// <exception cref="I2VException">A step does not fit; the message names it.</exception>
    public ClipSource SourceOf(Asset clip, JsonArray? further = null, string argument = "operations", IAssetPaths? files = null)
    {
        var whole = Extend(clip, further ?? []);
        var source = Compose(clip, whole, i => Where(argument, i - clip.Recipe.Count), argument, files ?? library, depth: 0);
        AsI2VException(source.Result, argument);
        return source;
    }

    /// <summary>A clip's master with a recipe of its own instead of the clip's.</summary>
    /// <exception cref="I2VException">It has too many steps, or one does not fit; the message names it.</exception>
    public ClipSource SourceOfWhole(Asset clip, JsonArray steps, string argument = "operations", IAssetPaths? files = null)
    {
        RequireFew(steps.Count);
        var source = Compose(clip, steps, i => $"step {i + 1}", argument, files ?? library, depth: 0);
        AsI2VException(source.Result, argument);
        return source;
    }

    /// <summary>Looks that every file that a recipe reads is there.</summary>
    /// <param name="clip">The clip whose master it begins from; null for one that is not made yet.</param>
    /// <param name="steps">The whole recipe.</param>
    /// <param name="callCancelled">Ends the looking.</param>
    /// <exception cref="I2VException">One was deleted, or a step can't be read.</exception>
    public Task RequireFilesAsync(Asset? clip, JsonArray steps, CancellationToken callCancelled) => library.CheckAsync(
        files => clip is null
            ? Read(steps, new LibrarySources(this, library, files, "operations", depth: 0), i => Where("operations", i)).Count
            : Compose(clip, steps, i => $"step {i + 1}", "operations", files, depth: 0).Recipe.Count,
        callCancelled);

    /// <summary>Tries steps on a clip that is not made yet.</summary>
    /// <exception cref="I2VException">A step does not fit; the message names it.</exception>
    public void RequireFit(JsonArray steps, ClipShape shape, string argument = "operations")
    {
        var sources = new LibrarySources(this, library, library, argument, depth: 0);
        foreach (var (index, step) in steps.Index())
        {
            TrimReach.Require(step, index, shape.Duration, "the clip", argument);
            shape = AsI2VException(
                () => OperationCatalogue.Read(JsonSerializer.SerializeToElement(step!, RecipeJson.Default.JsonNode), sources).Apply(shape),
                argument);
        }
    }

    /// <summary>Refuses cues that the captions operation does not take, each by its place in the list.</summary>
    /// <exception cref="I2VException">One is wrong.</exception>
    public void RequireCues(JsonArray cues, string argument)
    {
        if (cues.Count > OperationCatalogue.MostCues)
        {
            throw I2VException.Invalid(argument, $"{argument} holds {cues.Count} cues; at most {OperationCatalogue.MostCues} are set " +
                "over one clip. Give those of this clip alone. Nothing was rendered and nothing was spent.");
        }
        for (var i = 0; i < cues.Count; i++)
        {
            var one = new JsonObject { ["op"] = "captions", ["cues"] = new JsonArray(cues[i]?.DeepClone()) };
            try
            {
                OperationCatalogue.Check(JsonElement.Parse(one.ToJsonString()));
            }
            catch (MediaException e)
            {
                var words = e.Message.Replace("captions: cues[0]: ", "", StringComparison.Ordinal);
                throw Refused(new MediaException(e.Fault, words, e), $"{argument}[{i}]");
            }
        }
    }

    /// <summary>The clip a recipe begins from.</summary>
    public Asset MasterOf(Asset clip) => clip.Master is { } master ? library.Assets.Get(master) : clip;

    /// <summary>The whole recipe of a clip with further steps.</summary>
    /// <exception cref="I2VException">It would have too many steps.</exception>
    public static JsonArray Extend(Asset clip, JsonArray further)
    {
        JsonArray all = [.. clip.Recipe.Select(s => s!.DeepClone()), .. further.Select(s => s!.DeepClone())];
        RequireFew(all.Count);
        return all;
    }

    /// <summary>True if what two recipes of one master show is the same, whatever is heard.</summary>
    public static bool ShowTheSame(JsonArray one, JsonArray other)
    {
        return JsonNode.DeepEquals(Seen(one), Seen(other));

        static JsonArray Seen(JsonArray steps) =>
            [.. steps.Where(s => !OperationCatalogue.LeavesPicture(s!["op"]?.ToString())).Select(s => s!.DeepClone())];
    }

    /// <summary>What the last steps of a recipe do otherwise than they were asked for, each a sentence.</summary>
    public static IReadOnlyList<string> Departures(ClipSource source, int last)
    {
        var shapes = source.Shapes();
        return
        [
            .. source.Recipe.Index().TakeLast(last)
                .Select(s => (s.Item.Name, Words: s.Item.Departure(shapes[s.Index])))
                .Where(s => s.Words is not null)
                .Select(s => $"{s.Name}: {s.Words}."),
        ];
    }

    private static void RequireFew(int steps)
    {
        if (steps > MostSteps)
        {
            throw I2VException.Invalid("operations",
                $"the recipe would have {steps} steps; at most {MostSteps} are kept. Take some out with remove of " +
                    "edit_clip, or put two into one with replace. Nothing was rendered and nothing was spent.");
        }
    }

    private async Task RequireFiltersAsync(OperationDefinition definition, string argument, CancellationToken callCancelled)
    {
        try
        {
            await filters.RequireAsync(definition.Name, definition.Filters, callCancelled);
        }
        catch (MediaException e)
        {
            throw Refused(e, argument);
        }
    }

    /// <summary>True for captions that say no words: the clip's own speech is meant.</summary>
    public static bool LacksCues(JsonElement operation) => IsCaptions(operation)
        && (!operation.TryGetProperty("cues", out var cues) || cues.ValueKind == JsonValueKind.Null);

    private static bool IsCaptions(JsonElement operation) => operation.ValueKind == JsonValueKind.Object
        && operation.TryGetProperty("op", out var op)
        && op.ToString() == "captions";

    // Captions may name the voice that speaks them.
    private async Task<JsonElement> WithCuesAsync(JsonElement operation, string argument, Caller caller, CancellationToken callCancelled)
    {
        if (LacksCues(operation))
        {
            throw I2VException.Invalid($"{argument}.cues", $"{argument}.cues is missing: give the words with their times, or the handle " +
                "of a voice that knows them. What the clip itself speaks is captioned by edit_clip alone, by captions without cues as " +
                "the first of its operations. Nothing was rendered and nothing was spent.");
        }
        if (!IsCaptions(operation)
            || !operation.TryGetProperty("cues", out var cues) || cues.ValueKind != JsonValueKind.String)
        {
            return operation;
        }
        var step = JsonNode.Parse(operation.GetRawText())!;
        step["cues"] = await CuesOfAsync(cues.GetString()!, $"{argument}.cues", caller, callCancelled);
        return JsonElement.Parse(step.ToJsonString());
    }

    private async Task<JsonNode> BoundAsync(
        JsonElement operation,
        OperationDefinition definition,
        string argument,
        Caller caller,
        CancellationToken callCancelled)
    {
        var step = JsonNode.Parse(operation.GetRawText())!;
        foreach (var member in definition.References)
        {
            if (step[member] is JsonArray list)
            {
                for (var item = 0; item < list.Count; item++)
                {
                    list[item] = await HandleAsync(list[item], $"{argument}.{member}[{item}]", caller, callCancelled);
                }
            }
            else if (step[member] is { } single)
            {
                step[member] = await HandleAsync(single, $"{argument}.{member}", caller, callCancelled);
            }
        }
        return step;
    }

    private ClipSource Compose(Asset clip, JsonArray whole, Func<int, string> where, string argument, IAssetPaths files, int depth)
    {
        if (depth > DeepestAppend)
        {
            throw I2VException.Invalid(argument,
                $"{argument}: clips are appended to clips more than {DeepestAppend} levels deep; join the first clips side by side, " +
                    "in one assemble_clips. Nothing was rendered and nothing was spent.");
        }
        var master = MasterOf(clip);
        var sources = new LibrarySources(this, library, files, argument, depth);
        var steps = Read(whole, sources, where);
        return new ClipSource(files.PathOf(master), master.Format, MediaLibrary.ShapeOf(master), steps) { Tags = master.Tags };
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
        new MediaException(e.Fault, $"{argument}: {e.Message.TrimEnd('.')}. Nothing was rendered and nothing was spent.", e),
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
                ? recipes.Compose(asset, asset.Recipe, _ => argument, argument, files, depth + 1)
                : throw I2VException.Invalid(argument, $"{argument}: {asset.Handle} is no clip; animate_image makes one of a still.");
        }

        public StillSource Still(string handle)
        {
            var asset = Find(handle);
            return asset.Handle.Kind == MediaKind.Still
                ? files.StillOf(asset)
                : throw I2VException.Invalid(argument, $"{argument}: {asset.Handle} is no still; give a " +
                    $"picture.{SpokenReferences.FrameOf(asset, MediaKind.Still)}");
        }

        private Asset Find(string handle) => AssetHandle.TryParse(handle, out var parsed)
            ? library.Assets.Get(parsed, argument)
            : throw I2VException.Invalid(argument, $"{argument}: {ForeignText.Quote(handle, 60)} is no handle such as clip-3; " +
                "find_assets lists them.");
    }
}

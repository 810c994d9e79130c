using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Sound;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Joins clips to one film.</summary>
internal static class AssembleClips
{
    private const string Description =
        "Joins clips into one film in the given order, at the first one's size and frame rate; others are fitted over a blur of " +
        "themselves. audio lays one sound under all. Free.";

    private const double UsualTransition = 0.5;

    private static readonly Argument<IReadOnlyList<string>> Clips = Argument.References("clips", "The clips, in order", 25).Needed();

    private static readonly Argument<Transition?> Between = Argument.Choice<Transition>("transition", "Between clips; cut unless given.");

    private static readonly Argument<double?> TransitionSeconds = Argument.Number("transition_seconds", "0.5 unless given.", 0.1, 5);

    private static readonly Argument<string?> Audio = Argument.Reference("audio", "A sound under the whole film, faded out at its end");

    private static readonly Argument<bool> OnBeats = Argument.Flag("on_beats", "Cuts fall on beats of audio.");

    private static readonly Argument<IReadOnlyList<JsonElement>> Operations = OperationsArgument.AsInEditClip("Edits of the whole film.");

    private static IReadOnlyList<IArgument> Arguments =>
        [Clips, Between, TransitionSeconds, Audio, OnBeats, Operations, CommonArguments.Quality, .. CommonArguments.Making];

    public static ToolDefinition Definition() => new()
    {
        Name = "assemble_clips",
        Title = "Assemble a film",
        Description = Description,
        Effect = ToolEffect.Makes,
        Arguments = () => Arguments,
        AnswerSchema = AnswerSchemas.Work,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var transition = Between.Read(arguments) ?? Transition.Cut;
        var seconds = TransitionSeconds.Read(arguments);
        var quality = CommonArguments.Quality.Read(arguments);
        var operations = Operations.Read(arguments);
        var clips = await References.ImportAllAsync(services, call, Clips, MediaKind.Clip, callCancelled);
        if (clips.Count < 2)
        {
            throw I2VException.Invalid("clips", $"clips names {clips.Count}; a film needs at least 2. Nothing was spent.");
        }
        JsonObject append = new()
        {
            ["op"] = "append",
            ["clips"] = TextList.ToJson(clips.Skip(1).Select(c => c.Handle.ToString())),
            ["transition"] = SnakeCase.From(transition),
        };
        if (seconds is not null)
        {
            append["transition_seconds"] = seconds;
        }
        var sound = Audio.IsGiven(arguments)
            ? await References.ImportAsync(services, call, Audio, kind: null, callCancelled)
            : null;
        JsonArray steps = [append];
        List<string> told = [];
        if (OnBeats.Read(arguments))
        {
            var overlap = transition == Transition.Cut ? 0 : seconds ?? UsualTransition;
            told.Add(await PutOnBeatsAsync(services, clips, sound, steps, overlap, callCancelled));
        }
        if (sound is not null)
        {
            JsonNode under = new JsonObject
            {
                ["op"] = "audio",
                ["audio"] = sound.Handle.ToString(),
                ["loop"] = true,
                ["fade_seconds"] = 0.5,
            };
            steps.Add(under);
        }
        foreach (var step in (await services.Recipes.BindAsync(
            operations,
            "operations",
            await call.CallerAsync(callCancelled),
            callCancelled)).ToList())
        {
            steps.Add(step!.DeepClone());
        }
        told.AddRange(await SettleBeatsAsync(services, clips[0], steps, callCancelled));
        var shape = services.Recipes.SourceOf(clips[0], steps, "clips").Result();
        var request = new RecipeRequest
        {
            Clip = clips[0].Handle.ToString(),
            Operations = steps,
            Operation = "assemble",
            Quality = quality,
            Further = [.. clips.Skip(1).Select(c => c.Handle.ToString())],
        };
        var job = NewJob.For(
            "assemble_clips",
            $"film of {clips.Count} clips {ShortTitles.Ratio(shape.Size)}",
            request,
            services.Routes.ForOperations);
        return await services.Submission.MakeAsync(job with { Warnings = [.. job.Warnings, .. told] }, call, callCancelled);
    }

    // The film's own steps come after those of its first clip.
    private static async Task<IReadOnlyList<string>> SettleBeatsAsync(
        ToolServices services,
        Asset first,
        JsonArray steps,
        CancellationToken callCancelled)
    {
        var whole = Recipes.Extend(first, steps);
        var told = await services.BeatSteps.SettleAsync(first, whole, callCancelled);
        for (var i = 0; i < steps.Count; i++)
        {
            steps[i] = whole[first.Recipe.Count + i]!.DeepClone();
        }
        return told;
    }

    private static async Task<string> PutOnBeatsAsync(
        ToolServices services,
        IReadOnlyList<Asset> clips,
        Asset? music,
        JsonArray steps,
        double overlap,
        CancellationToken callCancelled)
    {
        if (music is null)
        {
            throw I2VException.Invalid("on_beats", "on_beats needs the music whose beats are meant: give audio. Nothing was spent.");
        }
        if (await services.Beats.OfAsync(music, callCancelled) is not { } grid)
        {
            return $"No beat can be heard in {music.Handle}: it is silent, shapeless or shorter than 3 s. The cuts stay where they are.";
        }
        var lengths = clips.Select(c => services.Recipes.SourceOf(c, argument: "clips").Result().Duration.TotalSeconds).ToList();
        var kept = FilmCuts.Of(lengths, overlap, grid, music.Duration.TotalSeconds);
        steps[0]!["keep_seconds"] = new JsonArray([.. kept.Skip(1).Select(k => JsonValue.Create(Math.Round(k, 3)))]);
        if (kept[0] < lengths[0] - 0.001)
        {
            steps.Insert(0, new JsonObject { ["op"] = "trim", ["end_seconds"] = Math.Round(kept[0], 3) });
        }
        var cuts = new List<double>();
        var at = -overlap / 2;
        foreach (var length in kept.SkipLast(1))
        {
            at += length - (cuts.Count == 0 ? 0 : overlap);
            cuts.Add(at);
        }
        var places = string.Join(", ", cuts.Select(c => c.ToString("0.##", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{music.Handle} has {grid.Bpm:0.#} bpm; cuts at {places} s fall on its beats.");
    }
}

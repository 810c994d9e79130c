using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Operations.Picture;
using McpI2V.Media.Clips.Operations.Sound;
using McpI2V.Media.Clips.Operations.Timing;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Clips.Operations;

/// <summary>Every local edit. To add one: its file in <c>Operations</c>, its line here.</summary>
public static class OperationCatalogue
{
    /// <summary>What each operation is called, does and takes.</summary>
    public static IReadOnlyList<OperationDefinition> All { get; } =
    [
        Trim.Definition,
        Speed.Definition,
        Reverse.Definition,
        Loop.Definition,
        Reframe.Definition,
        Scale.Definition,
        Stabilize.Definition,
        Grade.Definition,
        Lut.Definition,
        Fade.Definition,
        TextOverlay.Definition,
        Captions.Definition,
        Logo.Definition,
        Audio.Definition,
        Loudness.Definition,
        Mute.Definition,
        Append.Definition,
        FreezeFrame.Definition,
    ];

    /// <summary>The most cues that captions may have; a clip of ten minutes speaks fewer.</summary>
    public const int MostCues = 500;

    private static readonly Dictionary<string, OperationDefinition> Known = All.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>The names of all operations.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(d => d.Name)];

    /// <summary>Every operation with its members, ranges and defaults, in one text for a model.</summary>
    public static string Grammar => $"{string.Join(' ', All.Select(Usage.Of))}. {Usage.Legend}";

    /// <summary>The schema of one step: one of the operations, by its <c>op</c>.</summary>
    public static JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("op"),
        ["oneOf"] = new JsonArray([.. All.Select(d => d.Schema())]),
    };

    /// <summary>True if a step, by its name in <c>op</c>, changes what is heard and nothing of what is seen.</summary>
    public static bool LeavesPicture(string? name) => name is not null && Known.GetValueOrDefault(name)?.LeavesPicture == true;

    /// <summary>Checks a step by itself, before the assets that it refers to are looked for.</summary>
    /// <returns>What it is a step of.</returns>
    /// <exception cref="MediaException">A member is missing, unknown or out of range; the message names it.</exception>
    public static OperationDefinition Check(JsonElement step) => InStep(step, new NoSources(), (definition, reader) =>
    {
        definition.Check(reader);
        return definition;
    });

    /// <summary>Reads a step whose references are handles.</summary>
    /// <exception cref="MediaException">A member is missing, unknown or out of range; the message names it.</exception>
    public static IClipOperation Read(JsonElement step, IOperationSources sources) =>
        InStep(step, sources, (definition, reader) => definition.Read(reader));

    private static T InStep<T>(JsonElement step, IOperationSources sources, Func<OperationDefinition, OperationReader, T> work)
    {
        var definition = DefinitionOf(step);
        try
        {
            return work(definition, new OperationReader(step, sources));
        }
        catch (MediaException e) when (e.Fault == MediaFault.OutOfRange)
        {
            throw new MediaException(MediaFault.OutOfRange, $"{definition.Name}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw NoText(e);
        }
    }

    private static OperationDefinition DefinitionOf(JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object || !step.TryGetProperty("op", out var op) || op.ValueKind != JsonValueKind.String)
        {
            throw OperationReader.Fault($"each operation is an object with \"op\", one of {string.Join(", ", Names)}");
        }
        try
        {
            var name = op.GetString()!;
            return Known.GetValueOrDefault(name) ?? throw Unknown(name);
        }
        catch (InvalidOperationException e)
        {
            throw NoText(e);
        }
    }

    // What people call operations that have another name here, and what they ask for that none does.
    private static MediaException Unknown(string name) => name.Trim().ToLowerInvariant() switch
    {
        "cut" or "shorten" or "split" =>
            Meant(name, "trim keeps one stretch; to take out a middle trim twice and join both by assemble_clips"),
        "crop" or "resize" => Meant(name, "reframe changes the ratio, scale the size"),
        "title" or "caption" => Meant(name, "text lays a title over it, captions what is spoken"),
        "subtitles" or "subtitle" => Meant(name, "captions"),
        "music" or "sound" or "voice" => Meant(name, "audio lays a sound under it"),
        "normalize" or "normalise" => Meant(name, "loudness, which brings the sound to -14 LUFS"),
        "volume" => Meant(name, "loudness sets the clip's own, audio has gain_db, mute takes the clip's own sound away"),
        "slow" or "slow_motion" or "fast" => Meant(name, "speed, with factor 0.5 for half as fast"),
        "color" or "colour" or "filter" => Meant(name, "grade, with a look or numbers"),
        "watermark" or "overlay" or "image" => Meant(name, "logo lays a picture over it"),
        "mirror" or "flip" or "rotate" or "blur" or "chromakey" => Meant(name, "no operation does that"),
        "gif" => Meant(name, "no GIF is made; loop makes a clip that goes round"),
        "zoom" or "pan" => Meant(name, "the camera is animate_image's: make the clip again with camera.move"),
        _ => OperationReader.WrongWord("op", name, Names),
    };

    private static MediaException Meant(string name, string instead) =>
        OperationReader.Fault($"op is {ForeignText.Quote(name, 40)}: {instead}. One of {string.Join(", ", Names)} is allowed");

    // What JsonElement throws for half a surrogate pair and for bytes that are no UTF-8.
    private static MediaException NoText(InvalidOperationException e) => new(
        MediaFault.OutOfRange,
        "it holds half a character (a surrogate without its other); write the text again",
        e);

    private sealed class NoSources : IOperationSources
    {
        public AudioSource Audio(string handle) => throw new UnreachableException("assets are not looked for yet");

        public ClipSource Clip(string handle) => throw new UnreachableException("assets are not looked for yet");

        public StillSource Still(string handle) => throw new UnreachableException("assets are not looked for yet");
    }
}

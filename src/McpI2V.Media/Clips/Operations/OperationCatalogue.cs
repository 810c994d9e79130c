using System.Text.Json;
using McpI2V.Media.Clips.Operations.Picture;
using McpI2V.Media.Clips.Operations.Sound;
using McpI2V.Media.Clips.Operations.Timing;

namespace McpI2V.Media.Clips.Operations;

/// <summary>Every local edit by its name. To add one: its file in <c>Operations</c>, its line here.</summary>
public static class OperationCatalogue
{
    private static readonly Dictionary<string, (Func<OperationReader, IClipOperation> Read, string[] References)> Known = new()
    {
        ["trim"] = (Trim.Read, []),
        ["speed"] = (Speed.Read, []),
        ["reverse"] = (Reverse.Read, []),
        ["loop"] = (Loop.Read, []),
        ["reframe"] = (Reframe.Read, []),
        ["scale"] = (Scale.Read, []),
        ["grade"] = (Grade.Read, []),
        ["fade"] = (Fade.Read, []),
        ["text"] = (TextOverlay.Read, []),
        ["captions"] = (Captions.Read, []),
        ["logo"] = (Logo.Read, ["image"]),
        ["audio"] = (Audio.Read, ["audio"]),
        ["mute"] = (Mute.Read, []),
        ["append"] = (Append.Read, ["clips"]),
        ["freeze_frame"] = (FreezeFrame.Read, []),
    };

    /// <summary>The names of all operations.</summary>
    public static IReadOnlyList<string> Names => [.. Known.Keys];

    /// <summary>The members of a step that refer to assets.</summary>
    /// <exception cref="MediaException">The step is not an object with a known <c>op</c>; the message lists the valid ones.</exception>
    public static IReadOnlyList<string> References(JsonElement step) => Known[NameOf(step)].References;

    /// <summary>Reads a step whose references are handles.</summary>
    /// <exception cref="MediaException">A member is missing, unknown or out of range; the message names it.</exception>
    public static IClipOperation Read(JsonElement step, IOperationSources sources)
    {
        var name = NameOf(step);
        var reader = new OperationReader(step, sources);
        try
        {
            var operation = Known[name].Read(reader);
            reader.RequireAllRead();
            return operation;
        }
        catch (MediaException e) when (e.Fault == MediaFault.OutOfRange)
        {
            throw new MediaException(MediaFault.OutOfRange, $"{name}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw NoText(e);
        }
    }

    private static string NameOf(JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object || !step.TryGetProperty("op", out var op) || op.ValueKind != JsonValueKind.String)
        {
            throw OperationReader.Fault($"each operation is an object with \"op\", one of {string.Join(", ", Known.Keys)}");
        }
        string name;
        try
        {
            name = op.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NoText(e);
        }
        return Known.ContainsKey(name)
            ? name
            : throw OperationReader.Fault($"\"{name}\" is not an operation; use one of {string.Join(", ", Known.Keys)}");
    }

    // What JsonElement throws for half a surrogate pair and for bytes that are no UTF-8.
    private static MediaException NoText(InvalidOperationException e) => new(
        MediaFault.OutOfRange,
        "it holds letters that are no Unicode",
        e);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Motion;

namespace McpI2V.Tools.Arguments;

/// <summary>The axes of a matrix, besides stills and sounds.</summary>
internal static class VariantArguments
{
    public static readonly Argument<IReadOnlyList<string>> Prompts = Argument.Texts("prompts", "Motion prompts, as in animate_image.", 20);

    public static readonly Argument<IReadOnlyList<string>> Presets = Argument.Texts("presets", "Named motions.", 20);

    public static readonly Argument<IReadOnlyList<CameraChoice>> Cameras = CameraArgument.Cameras(
        "Cameras as in animate_image, or just moves.",
        20);

    public static readonly Argument<IReadOnlyList<string>> Ratios = RatioArgument.Many("The still's own unless given.", 9);

    public static readonly Argument<IReadOnlyList<string>> Models = Argument.Texts("models", "Ids or aliases; auto unless given.", 10);

    public static readonly Argument<IReadOnlyList<JsonElement>> Texts = Argument.Items(
        "texts",
        "Hooks or calls to action: texts, or the members of the text operation.",
        () => new JsonObject { ["type"] = new JsonArray("string", "object") },
        50);

    public static readonly Argument<long?> Takes = Argument.Whole("takes", "Takes of each, with different seeds.", 1, 10);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IArgument> Axes => [Prompts, Presets, Cameras, Ratios, Models, Texts, Takes];

    /// <summary>The text operations that <see cref="Texts"/> names.</summary>
    /// <exception cref="I2VException">One has no text.</exception>
    public static IReadOnlyList<JsonObject> TextSteps(ArgumentReader arguments) => [.. Texts.Read(arguments).Select(TextStep)];

    private static JsonObject TextStep(JsonElement item, int index)
    {
        JsonObject step = item.ValueKind switch
        {
            JsonValueKind.String => new() { ["text"] = item.GetString() },
            JsonValueKind.Object => JsonNode.Parse(item.GetRawText())!.AsObject(),
            _ => throw I2VException.Invalid($"texts[{index}]",
                $"texts[{index}] is {Media.ForeignText.Quote(item.GetRawText(), 60)}; a text, or an object with text, position and style " +
                    "is needed. Nothing was spent."),
        };
        step["op"] = "text";
        if (step["text"] is not JsonValue value || !value.TryGetValue<string>(out var words) || string.IsNullOrWhiteSpace(words))
        {
            throw I2VException.Invalid($"texts[{index}]", $"texts[{index}] has no words; give them, or in an object as its text. " +
                "Nothing was spent.");
        }
        step["position"] ??= "top";
        step["style"] ??= "bold";
        return step;
    }
}

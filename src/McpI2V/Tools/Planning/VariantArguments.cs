using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Motion;
using McpI2V.Tools.Arguments;

namespace McpI2V.Tools.Planning;

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
}

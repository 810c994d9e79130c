
namespace McpI2V.Tools.Arguments;

/// <summary>What a change by a model takes besides the instruction.</summary>
internal static class TransformArguments
{
    public static readonly Argument<IReadOnlyList<string>> References = Argument.References(
        "references",
        "Stills that show what the instruction means",
        9);

    public static readonly Argument<string?> Audio = Argument.Reference("audio", "A voice for options.task lip_sync");
}

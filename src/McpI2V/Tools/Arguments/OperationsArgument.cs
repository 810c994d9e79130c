using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Media.Clips.Operations;

namespace McpI2V.Tools.Arguments;

/// <summary>
/// The list of typed edits. Their grammar is long: the tool that owns it has it whole, the others say where it stands.
/// </summary>
internal static class OperationsArgument
{
    private const string Name = "operations";
    private const int Most = 50;

    /// <summary>Where the schema of an edit is read: whole, it is longer than all other arguments together.</summary>
    public const string SchemaUri = "i2v://operations";

    /// <summary>Edits, with their grammar.</summary>
    public static Argument<IReadOnlyList<JsonElement>> WithGrammar(string description) =>
        Argument.Items(Name, $"{description} {OperationCatalogue.Grammar} Schema: {SchemaUri}.", Step, Most);

    /// <summary>Edits, as the tool that owns their grammar takes them.</summary>
    public static Argument<IReadOnlyList<JsonElement>> AsInEditClip(string description) =>
        Argument.Items(Name, $"{description} Each as in operations of edit_clip.", Step, Most);

    private static JsonObject Step() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["op"] = Schemas.Typed("string") },
        ["required"] = new JsonArray("op"),
    };
}

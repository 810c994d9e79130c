using System.Text.Json.Nodes;
using McpI2V.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace McpI2V.Tools.Calls;

/// <summary>Writes a tool's protocol description.</summary>
internal static class ToolDescription
{
    /// <summary>A tool that makes things and may spend.</summary>
    public static Tool Making(string name, string title, string description, JsonObject input) =>
        Write(
            name,
            title,
            description,
            input,
            AnswerSchemas.Work,
            new ToolAnnotations
            {
                Title = title,
                ReadOnlyHint = false,
                DestructiveHint = false,
                IdempotentHint = false,
                OpenWorldHint = true,
            });

    /// <summary>A tool that only looks.</summary>
    public static Tool Looking(string name, string title, string description, JsonObject input, JsonObject output) =>
        Write(
            name,
            title,
            description,
            input,
            output,
            new ToolAnnotations
            {
                Title = title,
                ReadOnlyHint = true,
                DestructiveHint = false,
                IdempotentHint = true,
                OpenWorldHint = false,
            });

    /// <summary>Any tool.</summary>
    public static Tool Write(
        string name,
        string title,
        string description,
        JsonObject input,
        JsonObject output,
        ToolAnnotations annotations) => new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = input.Element(),
        OutputSchema = output.Element(),
        Annotations = annotations,
        Icons = [Icons.OfTool(name)],
    };
}

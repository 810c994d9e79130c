using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using ModelContextProtocol.Protocol;

namespace McpI2V.Tools;

/// <summary>Names a subject.</summary>
internal static class SaveElement
{
    private const string Description =
        "Names a subject (product, character, logo) and binds it to reference pictures, so that every shot can use the same one: " +
            "pass its name in elements. A name that exists is replaced. Free.";

    private static readonly (string, JsonObject)[] Members =
    [
        ("name", Schema.Text("A short name that prompts will use, and only that name.")),
        ("images", ArgumentSchemas.References("Its reference stills, best first; a transparent PNG serves as a cut-out", 8)),
        ("description", Schema.Text("What it looks like, in words that every prompt can reuse.")),
    ];

    public static ToolDefinition Definition() => new(
        "save_element",
        () => ToolDescription.Write(
            "save_element",
            "Save an element",
            Description,
            Schema.Object(["name", "images", "description"], Members),
            AnswerSchemas.Element,
            new ToolAnnotations
            {
                Title = "Save an element",
                ReadOnlyHint = false,
                DestructiveHint = false,
                IdempotentHint = true,
                OpenWorldHint = false,
            }),
        CallAsync);

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        arguments.RequireAllRead(Members.Select(m => m.Item1));
        var name = arguments.Required("name", 60).Trim();
        var description = arguments.Required("description", 1000);
        var images = await References.ImportAllAsync(services, call, "images", 8, MediaKind.Still, callCancelled);
        if (images.Count == 0)
        {
            throw I2VException.Invalid("images", "images is missing; give at least one still. Nothing was saved.");
        }
        var element = new Element(name, description, [.. images.Select(i => i.Handle)]);
        if (!services.Elements.Save(element, call.Owner, call.MayChangeOthers))
        {
            throw new I2VException(
                ErrorCode.InputForbidden,
                $"name: there is an element {ForeignText.Quote(name, 60)} that another caller saved; they alone can replace it, besides " +
                    "tokens of scope admin. Choose another name. Nothing was saved.",
                "name");
        }
        string[] next = [$"Use it by this name in elements, and call it so in prompts: {ForeignText.Quote(name, 60)}."];
        JsonObject structured = new()
        {
            ["element"] = new JsonObject
            {
                ["name"] = name,
                ["description"] = description,
                ["images"] = AssetView.Texts(element.Images.Select(i => i.ToString())),
            },
            ["assets"] = new JsonArray([.. images.Select(i => AssetView.ToJson(i, services.Library.PathOf(i), inFull: false))]),
            ["warnings"] = new JsonArray(),
            ["next"] = AssetView.Texts(next),
        };
        return new Answer($"Saved {ForeignText.Quote(name, 60)} with {string.Join(", ", element.Images)}.\nNext: {next[0]}", structured)
        {
            Pictures = await services.Answers.PicturesAsync(images, callCancelled),
            Links = images,
        };
    }
}

using McpI2V.Answers;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Names a subject.</summary>
internal static class SaveElement
{
    private const string Description =
        "Names a subject (product, character, logo) and binds it to reference pictures, so that every shot can use the same one: " +
            "pass its name in elements. A name that exists is replaced. Free.";

    private static readonly Argument<string> Name = Argument.RequiredText(
        "name",
        "A short name that prompts will use, and only that name.",
        60);

    private static readonly Argument<IReadOnlyList<string>> Images = Argument.References(
        "images",
        "Its reference stills, best first; a transparent PNG serves as a cut-out",
        8).Needed();

    private static readonly Argument<string> Looks = Argument.RequiredText(
        "description",
        "What it looks like, in words that every prompt can reuse.",
        1000);

    public static ToolDefinition Definition() => new()
    {
        Name = "save_element",
        Title = "Save an element",
        Description = Description,
        Effect = ToolEffect.Saves,
        Arguments = () => [Name, Images, Looks],
        AnswerSchema = AnswerSchemas.Element,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var name = Name.Read(call.Arguments).Trim();
        var description = Looks.Read(call.Arguments);
        var images = await References.ImportAllAsync(services, call, Images, MediaKind.Still, callCancelled);
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
        List<AssetContent> contents = [.. images.Select(i => AssetContent.FromAsset(i, services.Library.PathOf(i)))];
        ElementAnswer structured = new()
        {
            Element = ElementContent.FromElement(element),
            Assets = contents,
            Warnings = [],
            Next = next,
        };
        return new Answer($"Saved {ForeignText.Quote(name, 60)} with {string.Join(", ", element.Images)}.\nNext: {next[0]}", structured)
        {
            Pictures = await services.Answers.PicturesAsync(images, callCancelled),
            Links = contents,
        };
    }
}

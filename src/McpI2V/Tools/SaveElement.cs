using McpI2V.Answers;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Names a subject, or a motion.</summary>
internal static class SaveElement
{
    private const string Description =
        "Names a subject (product, character, logo) for elements, or a motion for preset. A name that exists is replaced. Free.";

    private static readonly Argument<string> Name = Argument.RequiredText("name", "Short; prompts use it, and only it.", 60);

    private static readonly Argument<string?> Kind = Argument.Word("kind", "subject unless given.", ["subject", "preset"]);

    private static readonly Argument<IReadOnlyList<string>> Images = Argument.References(
        "images",
        "Its stills, best first; a preset's: a clip that moves so",
        8);

    private static readonly Argument<string> Looks = Argument.RequiredText(
        "description",
        "Its looks, added to every prompt; or the motion.",
        1000);

    private static readonly Argument<CameraChoice?> Camera = CameraArgument.Short("As in animate_image.");

    public static ToolDefinition Definition() => new()
    {
        Name = "save_element",
        Title = "Save an element",
        Description = Description,
        Effect = ToolEffect.Saves,
        Arguments = () => [Name, Kind, Images, Looks, Camera],
        AnswerSchema = AnswerSchemas.Element,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var name = Name.Read(call.Arguments).Trim();
        var description = Looks.Read(call.Arguments);
        if (Kind.Read(call.Arguments) == "preset")
        {
            return await PresetAsync(services, call, PresetStore.NameOf(name), description, callCancelled);
        }
        if (Camera.IsGiven(call.Arguments))
        {
            throw I2VException.Invalid("camera", "camera is a preset's; say kind preset, or leave it out. Nothing was saved.");
        }
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
                $"name: there is an element {ForeignText.Quote(name, 60)} that another caller saved; only they, or a token of " +
                    "scope admin, can replace it. Choose another name. Nothing was saved.",
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

    private static async Task<Answer> PresetAsync(
        ToolServices services,
        ToolCall call,
        string name,
        string motion,
        CancellationToken callCancelled)
    {
        var clips = await References.ImportAllAsync(services, call, Images, MediaKind.Clip, callCancelled);
        var like = clips.Count > 0 ? MotionOf(services, clips[0]) : null;
        var camera = Camera.Read(call.Arguments) ?? like ?? CameraWords.Find(motion) ?? throw I2VException.Invalid(
            "camera",
            $"camera is missing: description names no move that is known. Give one of {SnakeCase.All<CameraMove>()} in camera, or a clip " +
                "in images. Nothing was saved.");
        var preset = new Preset(name, name, motion, SnakeCase.From(camera.Move), camera.Strength, SnakeCase.From(camera.Easing));
        if (!services.SavedPresets.Save(preset, call.Owner, call.MayChangeOthers))
        {
            throw new I2VException(
                ErrorCode.InputForbidden,
                $"name: there is a preset {name} that another caller saved; only they, or a token of scope admin, can replace it. " +
                    "Choose another name. Nothing was saved.",
                "name");
        }
        string[] next = [$"Use it as preset {name} in animate_image, or in presets of batch_variants."];
        return new Answer(
            FormattableString.Invariant($"Saved the preset {name}: {preset.Move}, strength {preset.Strength:0.##}.\nNext: {next[0]}"),
            new ElementAnswer { Warnings = [], Next = next });
    }

    // The move that a clip, or the master it was edited from, was asked for with.
    private static CameraChoice? MotionOf(ToolServices services, Asset clip) =>
        services.Recipes.MasterOf(clip).Job is { } job
            && services.Jobs.Find(job) is { } made
            && GenerationRequest.FromJson(made.Request) is AnimateRequest shot
                ? new CameraChoice(shot.Move, shot.Strength, shot.Easing)
                : throw I2VException.Invalid("images",
                    $"images: {clip.Handle} was not made by animate_image, so its camera is not known: " +
                    "give camera. Nothing was saved.");
}

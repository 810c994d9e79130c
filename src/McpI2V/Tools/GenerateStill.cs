using McpI2V.Answers;
using McpI2V.Engine.Generation;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using McpI2V.Tools.Planning;

namespace McpI2V.Tools;

/// <summary>Makes a still: the part of a clip that does most of the work.</summary>
internal static class GenerateStill
{
    private const string Description =
        "Makes a still image, the part of an ad clip that does most of the work: get it right and lock it before animating. " +
        "With pictures in from it edits or combines them. With a key set, auto takes a generative model (list_models) and costs. " +
        "The free local:still (used without a key, by name, or when its options are given) composes: " +
        "reframe or extend to another aspect_ratio (options.fit: crop, extend_blur, extend_mirror, pad), put a transparent PNG on a " +
        "backdrop with a shadow " +
        "(options.backdrop: a colour, 'top,bottom' gradient, or a still; " +
        "cutout_height, cutout_x, cutout_y, shadow), grade (options.look: natural, warm, cool, punchy, soft, mono; " +
        "or exposure, contrast, saturation, temperature, tint), " +
        "place text (options.text, text_position, text_style), focus a crop (focus_x, focus_y). " +
        "From a prompt alone it makes a storyboard placeholder, never a real picture. Answers with the still's handle, path and a preview.";

    private static readonly (string, System.Text.Json.Nodes.JsonObject)[] Members =
    [
        ("prompt", Schema.Text("What the still shows, or what to do with the pictures in from.")),
        ("from", ArgumentSchemas.References("Pictures to edit or combine, photograph first, then transparent PNGs", 14)),
        ("elements", Schema.List("Names of saved elements whose pictures are added to from.", Schema.Text("A name from save_element."), 8)),
        ("count", Schema.Whole("How many.", 1, 8)),
        ("aspect_ratio", ArgumentSchemas.AspectRatio(
            "The target ratio; make the still at the ratio the clip will have. 9:16 unless given or a picture sets it.")),
        ("size", Schema.Text("WIDTHxHEIGHT in pixels, or 480p, 720p, 1080p, 1440p, 2160p; 1080 px on the short side unless given.")),
        ("quality", Schema.Choice<EncodeQuality>("draft to look at, standard, best for a final.")),
        .. ArgumentSchemas.Spending,
    ];

    public static ToolDefinition Definition() => new(
        "generate_still",
        () => ToolDescription.Making("generate_still", "Make a still", Description, Schema.Object(["prompt"], Members)),
        CallAsync) { MakesWork = true };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        arguments.RequireAllRead(Members.Select(m => m.Item1));
        var prompt = arguments.Required("prompt", 4000);
        var count = (int)(arguments.Whole("count", 1, 8) ?? 1);
        var seed = arguments.Whole("seed", 0, uint.MaxValue);
        var options = arguments.Object("options");
        var pictures = await References.ImportAllAsync(services, call, "from", 14, MediaKind.Still, callCancelled);
        pictures = [.. pictures, .. References.Elements(services, arguments)];
        await References.BindOptionAsync(services, call, options, "backdrop", callCancelled);
        var size = Sizes.OfStill(arguments, pictures.FirstOrDefault(p => !p.HasAlpha) ?? (pictures.Count > 0 ? pictures[0] : null));
        var request = new StillRequest
        {
            Prompt = prompt,
            From = [.. pictures.Select(p => p.Handle.ToString())],
            AspectRatio = arguments.Text("aspect_ratio"),
            Resolution = Resolution.TryParse(arguments.Text("size"), out var resolution) ? resolution.ToString() : null,
            IsExact = arguments.Has("size") && !Resolution.TryParse(arguments.Text("size"), out _),
            Quality = arguments.Choice<EncodeQuality>("quality") ?? EncodeQuality.Standard,
            Width = size.Width,
            Height = size.Height,
            Count = count,
            Seed = seed,
            Options = options,
        };
        var route = await RouteChoice.ForAsync(services, arguments, request.Need(services.Library), callCancelled);
        var title = $"{ShortTitles.FromText(prompt, "still")} {ShortTitles.Ratio(size)}";
        return await Takes.MakeAsync(services, call, title, count, route, (number, step) =>
        {
            var one = number is { } take ? request with { Count = 1, Seed = seed + take } : request;
            return JobSubmission.JobFor("generate_still", title, one, step);
        }, callCancelled);
    }
}

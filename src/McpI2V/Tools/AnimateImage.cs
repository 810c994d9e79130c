using McpI2V.Answers;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Motion;
using McpI2V.Media.Camera;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using McpI2V.Tools.Planning;

namespace McpI2V.Tools;

/// <summary>Turns a still into a clip.</summary>
internal static class AnimateImage
{
    private const string Description =
        "Turns a locked still into a clip. The prompt describes motion and camera, never the scene again (the still shows it): " +
        "subtle, continuous motion works; state changes, several actions and crowds don't. " +
        "Name the camera with camera or in the prompt. With end_image the clip ends on that still. " +
        "With a key set, auto takes a generative model that fits (list_models) and costs: " +
        "tell the user the price first (dry_run) when it is much. " +
        "The free local:camera (used without a key, or by name) moves a real camera over the still, sub-pixel smooth: " +
        "19 moves, 1 to 60 s; nothing in the picture moves by itself. " +
        "Its options: fps (24, 25, 30, 60), loop, focus_x, focus_y; for parallax a transparent PNG in references (or the image itself " +
        "before options.backdrop), cutout_height, cutout_x, cutout_y, cutout_speed. " +
        "Make the still at the target ratio first; don't crop. Answers with the clip's handle, path and three frames to look at; " +
        "a clip that takes longer answers with its job.";

    private static readonly (string, System.Text.Json.Nodes.JsonObject)[] Members =
    [
        ("image", ArgumentSchemas.Reference("The first frame")),
        ("prompt", Schema.Text("What moves and how the camera moves, in under 80 words.")),
        ("preset", Schema.Text("A named motion, instead of prompt and camera: hero_push, reveal, turntable, slide_by, rise, " +
            "handheld_real, breathing, depth, or the user's own.")),
        ("camera", ArgumentSchemas.Camera("The camera's move.")),
        ("end_image", ArgumentSchemas.Reference("The last frame, if the clip is to end on a certain still")),
        ("references", ArgumentSchemas.References("Stills of the subject; for parallax the cut-out", 8)),
        ("elements", Schema.List(
            "Names of saved elements whose pictures are added to references.",
            Schema.Text("A name from save_element."),
            8)),
        ("duration_seconds", Schema.Number(
            "Length in seconds; the model's usual (mostly 5) unless given. Longer films are joined from clips with assemble_clips.",
            0.1,
            600)),
        ("aspect_ratio", ArgumentSchemas.AspectRatio("The clip's ratio; the still's own unless given.")),
        ("resolution", Schema.Choice(
            "Short side; the model's usual unless given, 1080p with local:camera.",
            Resolution.All.Select(r => r.ToString()))),
        ("audio", Schema.Text("none (default), native (the model makes it), or a sound that the person in the picture speaks or sings.")),
        ("count", Schema.Whole("How many takes.", 1, 4)),
        ("quality", Schema.Choice<EncodeQuality>("draft to look at, standard, best for a final.")),
        .. ArgumentSchemas.Spending,
    ];

    public static ToolDefinition Definition() => new(
        "animate_image",
        () => ToolDescription.Making("animate_image", "Animate a still", Description, Schema.Object(["image"], Members)),
        CallAsync) { MakesWork = true };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        arguments.RequireAllRead(Members.Select(m => m.Item1));
        var duration = ShotArguments.DurationOf(arguments);
        var prompt = arguments.Text("prompt", 4000) ?? "";
        var preset = arguments.Text("preset") is { } name ? services.Presets.Get(name) : null;
        var named = CameraArgument.Read(arguments);
        var camera = named
            ?? CameraWords.Find(prompt)
            ?? (preset is null ? null : (CameraChoice?)CameraArgument.FromPreset(preset))
            ?? new CameraChoice(CameraMove.PushIn, 0.35);
        var (count, seed) = ((int)(arguments.Whole("count", 1, 4) ?? 1), arguments.Whole("seed", 0, uint.MaxValue));
        var quality = arguments.Choice<EncodeQuality>("quality") ?? EncodeQuality.Standard;
        var options = arguments.Object("options");
        var audio = await AudioAsync(services, call, callCancelled);

        var image = await References.ImportAsync(services, call, "image", MediaKind.Still, callCancelled);
        var end = arguments.Has("end_image")
            ? await References.ImportAsync(services, call, "end_image", MediaKind.Still, callCancelled)
            : null;
        var references = await References.ImportAllAsync(services, call, "references", 8, MediaKind.Still, callCancelled);
        await References.BindOptionAsync(services, call, options, "backdrop", callCancelled);
        var size = Sizes.OfClip(arguments, image);
        var request = new AnimateRequest
        {
            Image = image.Handle.ToString(),
            EndImage = end?.Handle.ToString(),
            References = [.. references.Concat(References.Elements(services, arguments)).Select(r => r.Handle.ToString())],
            Prompt = prompt.Length > 0 ? prompt : preset?.Prompt ?? "",
            Move = camera.Move,
            Strength = camera.Strength,
            Easing = camera.Easing,
            NamesCamera = named is not null || preset is not null,
            AspectRatio = arguments.Text("aspect_ratio"),
            Resolution = arguments.Has("resolution") ? Sizes.ResolutionOf(arguments).ToString() : null,
            DurationSeconds = duration,
            Width = size.Width,
            Height = size.Height,
            Audio = audio,
            Quality = quality,
            Count = count,
            Seed = seed,
            Options = options,
        };
        var route = await RouteChoice.ForAsync(services, arguments, request.Need(services.Library), callCancelled);
        var title = ShotArguments.TitleOf(request, size);
        var advice = ShotArguments.Advice(services, arguments, prompt, request.NamesCamera, image, route.Settings.Size);
        return await Takes.MakeAsync(services, call, title, count, route, (number, step) =>
        {
            var one = number is { } take ? request with { Count = 1, Seed = seed + take } : request;
            var job = JobSubmission.JobFor(
                "animate_image",
                title,
                one,
                step);
            return job with { Warnings = [.. job.Warnings, .. advice] };
        }, callCancelled);
    }

    private static async Task<string> AudioAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var audio = call.Arguments.Reference("audio") ?? "none";
        return audio is "none" or "native"
            ? audio
            : (await References.ImportAsync(services, call, "audio", MediaKind.Audio, callCancelled)).Handle.ToString();
    }
}

using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Sound;
using McpI2V.Media.Camera;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Turns a still into a clip.</summary>
internal static class AnimateImage
{
    private const string Description =
        "Turns a locked still into a clip. Subtle, continuous motion works; several actions, large motion and crowds don't; a change of " +
        "state is made in the still. " +
        "With a key set, auto takes a generative model that fits (list_models) and costs: tell the user the price first " +
        "(dry_run) when it is much. " +
        "The free local:camera (without a key, or by name) moves a camera over the still, 1 to 60 s; " +
        "nothing in the picture moves by itself. Its options: fps, loop, focus_x, focus_y; " +
        "start, end ([x,y], or [left,top,right,bottom] of the still, 0 to 1); shutter (degrees); " +
        "for parallax a transparent PNG in references (or as image before options.backdrop), or a photo before a plain wall; " +
        "cutout_height, _x, _y, _speed. Make the still at the target ratio first; don't crop.";

    private static readonly Argument<string?> Image = Argument.Reference("image", "First frame").Needed();

    private static readonly Argument<string?> Prompt = Argument.Text(
        "prompt",
        "What moves and how the camera moves, in under 80 words. A model reads it all, local:camera only " +
            "English camera words (else pass camera).",
        4000);

    private static readonly Argument<string?> Preset = Argument.Text(
        "preset",
        "A named motion, instead of prompt and camera: hero_push, reveal, turntable, slide_by, rise, handheld_real, breathing, depth, " +
            "or the user's own.");

    private static readonly Argument<CameraChoice?> Camera = CameraArgument.Camera("The camera's move.");

    private static readonly Argument<string?> EndImage = Argument.Reference("end_image", "Last frame: another pose, not another state");

    private static readonly Argument<string?> Audio = Argument.Reference(
        "audio",
        "none (default), native (the model makes it), or a sound, laid under; options.audio_role speak or sing: by the person seen");

    private static readonly Argument<long?> Count = Argument.Whole("count", "How many takes.", 1, 4);

    private static IReadOnlyList<IArgument> Arguments =>
    [
        Image,
        Prompt,
        Preset,
        Camera,
        EndImage,
        CommonArguments.References,
        CommonArguments.Elements,
        ShotArguments.Duration,
        ShotArguments.Ratio,
        CommonArguments.ShortSide,
        Audio,
        Count,
        CommonArguments.Quality,
        .. CommonArguments.Spending,
    ];

    public static ToolDefinition Definition() => new()
    {
        Name = "animate_image",
        Title = "Animate a still",
        Description = Description,
        Effect = ToolEffect.Makes,
        Arguments = () => Arguments,
        AnswerSchema = AnswerSchemas.Work,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var duration = ShotArguments.Duration.Read(arguments);
        var prompt = Prompt.Read(arguments) ?? "";
        var preset = Preset.Read(arguments) is { } name ? services.Presets.Get(name) : null;
        var named = Camera.Read(arguments);
        var camera = named
            ?? CameraWords.Find(prompt)
            ?? (preset is null ? null : (CameraChoice?)CameraArgument.FromPreset(preset))
            ?? ShotPlan.UsualCamera;
        var (count, seed) = ((int)(Count.Read(arguments) ?? 1), CommonArguments.Seed.Read(arguments));
        var quality = CommonArguments.Quality.Read(arguments);
        var options = CommonArguments.Options.Read(arguments);
        var (ratio, resolution) = (ShotArguments.Ratio.Read(arguments), CommonArguments.ShortSide.Read(arguments));
        var sound = await SoundAsync(services, call, options, callCancelled);

        var image = await References.ImportAsync(services, call, Image, MediaKind.Still, callCancelled);
        var end = EndImage.IsGiven(arguments)
            ? await References.ImportAsync(services, call, EndImage, MediaKind.Still, callCancelled)
            : null;
        var references = await References.ImportAllAsync(services, call, CommonArguments.References, MediaKind.Still, callCancelled);
        await References.BindOptionAsync(services, call, options, "backdrop", callCancelled);
        var size = Sizes.OfClip(ratio, resolution, image);
        var request = new AnimateRequest
        {
            Image = image.Handle.ToString(),
            EndImage = end?.Handle.ToString(),
            References = [.. references.Concat(References.Elements(services, arguments)).Select(r => r.Handle.ToString())],
            Prompt = $"{(prompt.Length > 0 ? prompt : preset?.Prompt)}{(sound.Role == SoundRole.Sing ? " The person sings." : "")}".Trim(),
            Move = camera.Move,
            Strength = camera.Strength,
            Easing = camera.Easing,
            NamesCamera = named is not null || preset is not null,
            AspectRatio = ratio,
            Resolution = resolution?.ToString(),
            DurationSeconds = duration,
            Width = size.Width,
            Height = size.Height,
            Audio = sound.Audio,
            Quality = quality,
            Count = count,
            Seed = seed,
            Options = options,
            Subjects = References.Subjects(services, arguments),
        };
        // A clip with a sound laid under it is worked on by itself, so each take is a job.
        var shot = await services.Routes.ForShotAsync(
            CommonArguments.Model.Read(arguments),
            sound.Under is null ? request : request with { Count = 1 },
            CommonArguments.MaxCostUsd.Read(arguments),
            "animate_image",
            callCancelled);
        var title = ShotPlan.TitleOf(request, image, new PixelSize(shot.Request.Width, shot.Request.Height));
        var foremost = shot.Route.Model.IsEmbedded ? services.Words.Shot.Foremost(request, prompt, image) : [];
        var advice = ShotPlan.Advice(
            shot.Request,
            prompt,
            shot.Route,
            image,
            end,
            References.ElementNames(services, arguments));
        var plan = sound.Under is { } under
            ? services.ShotSounds.Under(services.Takes.Apart(count, shot.Route, JobFor), shot, under, sound.IsSaid)
            : services.Takes.Plan(count, shot.Route, JobFor).Following(shot.Before);
        return await services.Submission.MakeAsync(title, plan, call, callCancelled);

        NewJob JobFor(int? number, Route step)
        {
            // Takes of the camera differ by their seeds alone.
            var first = shot.Route.Model.IsEmbedded ? seed ?? 0 : seed;
            var one = number is { } take ? shot.Request with { Count = 1, Seed = first + take } : shot.Request;
            var job = NewJob.For("animate_image", title, one, step);
            return job with { Foremost = foremost, Warnings = [.. job.Warnings, .. shot.Said, .. advice] };
        }
    }

    // A sound goes under the clip unless somebody says that the picture speaks or sings it.
    private static async Task<ShotSound> SoundAsync(
        ToolServices services,
        ToolCall call,
        JsonObject options,
        CancellationToken callCancelled)
    {
        var audio = Audio.Read(call.Arguments) ?? "none";
        var said = options[ShotSounds.Option]?.ToString();
        options.Remove(ShotSounds.Option);
        if (audio is "none" or "native")
        {
            return said is null
                ? new ShotSound(audio, Role: null, Under: null, IsSaid: false)
                : throw I2VException.Invalid("options.audio_role",
                    $"options.audio_role says what a sound in audio is, and audio is {audio}. Give the sound in " +
                        "audio (generate_audio makes one), or leave options.audio_role out. Nothing was spent.");
        }
        var role = services.ShotSounds.RoleOf(said, CommonArguments.Model.Read(call.Arguments));
        var sound = await References.ImportAsync(services, call, Audio, MediaKind.Audio, callCancelled);
        return role == SoundRole.Under
            ? new ShotSound("none", role, sound, said is not null)
            : new ShotSound(sound.Handle.ToString(), role, Under: null, IsSaid: true);
    }

    private sealed record ShotSound(string Audio, SoundRole? Role, Asset? Under, bool IsSaid);
}

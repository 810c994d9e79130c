using McpI2V.Engine;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Clips;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;
using McpI2V.Media.Stills;

namespace McpI2V.Providers.Local;

/// <summary>Clips by a camera over a still.</summary>
public sealed class LocalCamera(MediaLibrary library, CameraRenderer renderer, ParallaxLayers layers, StillFocus focus, MediaProbe probe)
{
    private const double UsualSeconds = 5;
    private const string Comment = "Camera move over a still, made with mcp-i2v (local:camera). No generative model was used.";

    /// <summary>Checks a request before it is written down.</summary>
    /// <exception cref="I2VException">It can't be rendered here; the message says what would.</exception>
    public async Task<IReadOnlyList<string>> ReviewAsync(AnimateRequest animate, CancellationToken callCancelled)
    {
        if (animate.Audio != "none")
        {
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"audio is \"{animate.Audio}\", and local:camera makes no sound. " +
                    "Lay music or a voice under the clip with edit_clip and the audio operation. Nothing was spent.",
                "audio");
        }
        List<string> said = animate.Count > 1 || animate.Seed > 0 ? [TakeVariation.Note] : [];
        await library.CheckAsync(
            files =>
            {
                var shot = Shot(animate, take: 0, files);
                said.AddRange(CameraParts.Enlarged(shot.Shot));
                return shot;
            },
            callCancelled);
        return said;
    }

    /// <summary>Renders every take.</summary>
    public async Task<IReadOnlyList<ProducedFile>> PerformAsync(
        Job job,
        AnimateRequest animate,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        List<ProducedFile> made = [];
        await using var held = library.Hold();
        for (var take = 0; take < animate.Count; take++)
        {
            var plan = await held.PlanAsync(files => Shot(animate, take, files), jobCancelled);
            plan = plan with { Shot = await AroundItsSubjectAsync(plan.Shot, animate, work, jobCancelled) };
            var shot = await layers.MakeAsync(plan, work, jobCancelled);
            var path = work.At($"take-{take}.mp4");
            var ending = await renderer.RenderAsync(shot, path, work.Part(take, animate.Count), jobCancelled);
            var facts = await probe.ClipAsync(path, MediaFormat.Mp4, jobCancelled);
            made.Add(new ProducedFile
            {
                Path = path,
                Format = MediaFormat.Mp4,
                Size = facts.Size,
                Duration = TimeSpan.FromSeconds((double)shot.Frames / shot.FramesPerSecond),
                FramesPerSecond = shot.FramesPerSecond,
                Title = job.Title,
                Operation = "animate",
                Parent = library.Find(animate.Image).Handle,
                Inputs = [animate.Image, .. animate.EndImage is { } end ? [end] : Array.Empty<string>(), .. animate.References],
                Prompt = animate.Prompt.Length > 0
                    ? animate.Prompt
                    : FormattableString.Invariant($"camera {SnakeCase.From(animate.Move)}, strength {animate.Strength:0.##}"),
                Seed = SeedOf(animate, take),
                Checks = [.. EndingChecks.Of(animate, ending)],
            });
        }
        return made;
    }

    // What a frame of another shape keeps of the photo, where nobody has said it. Takes stand a little aside of that as well.
    private async Task<CameraShot> AroundItsSubjectAsync(
        CameraShot shot,
        AnimateRequest animate,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        var isSaid = animate.Options.ContainsKey("focus_x") || animate.Options.ContainsKey("focus_y");
        if (isSaid || shot.Still.HasAlpha || shot.Path.Move == CameraMove.Parallax)
        {
            return shot;
        }
        var window = await focus.FindAsync(shot.Still, shot.Size, zoom: 1, animate.TitleAt, work, jobCancelled);
        return window is { Middle: var middle }
            ? shot with { Focus = (shot.Focus.X + middle.X - 0.5, shot.Focus.Y + middle.Y - 0.5) }
            : shot;
    }

    private static long SeedOf(AnimateRequest animate, int take) => (animate.Seed ?? 0) + take;

    private ParallaxPlan Shot(AnimateRequest animate, int take, IAssetPaths files)
    {
        var still = library.Find(animate.Image);
        var variation = TakeVariation.Of(SeedOf(animate, take));
        return LocalOptions.Read(animate.Options, library, files, reader =>
        {
            var fps = (int)(reader.Number("fps", 24, 60) ?? 30);
            var shot = new CameraShot
            {
                Still = files.StillOf(still),
                EndStill = animate.EndImage is { } end ? files.StillOf(library.Find(end)) : null,
                Path = new CameraPath(
                    animate.Move,
                    variation.Varied(animate.Strength),
                    animate.Easing,
                    reader.Flag("loop"),
                    (int)SeedOf(animate, take)),
                Duration = TimeSpan.FromSeconds(animate.DurationSeconds ?? UsualSeconds),
                FramesPerSecond = CameraShot.FrameRates.Contains(fps)
                    ? fps
                    : throw OperationReader.Fault($"fps is {fps}; one of {string.Join(", ", CameraShot.FrameRates)} is allowed"),
                Size = new PixelSize(animate.Width, animate.Height),
                Focus = (reader.Number("focus_x", 0, 1) ?? (0.5 + variation.X), reader.Number("focus_y", 0, 1) ?? (0.5 + variation.Y)),
                ShutterDegrees = reader.Number("shutter", 0, 360) ?? 0,
                Quality = animate.Quality,
                Comment = Comment,
            };
            shot = CameraParts.Read(reader, shot, animate.Count);
            return WithLayers(shot, animate, still, files, reader);
        });
    }

    // Parallax: a cut-out (a transparent reference, or the image itself) before a background, or both out of one photo.
    private ParallaxPlan WithLayers(CameraShot shot, AnimateRequest animate, Asset still, IAssetPaths files, OperationReader reader)
    {
        var backdrop = LocalOptions.Backdrop(reader, "backdrop");
        var cutOut = animate.References.Select(library.Find).FirstOrDefault(r => r.HasAlpha);
        var (height, x, y) = (reader.Number("cutout_height", 0.05, 1.5) ?? 0.7, reader.Number("cutout_x", -0.5, 1.5) ?? 0.5, reader.Number(
            "cutout_y",
            -0.5,
            1.5)
            ?? 0.56);
        var speed = reader.Number("cutout_speed", 1, 4) ?? 2;
        var shadow = !reader.Has("shadow") || reader.Flag("shadow");
        if (shot.Path.Move != CameraMove.Parallax)
        {
            return new(backdrop is { Picture: null } plain ? shot with { Backdrop = plain.Top } : shot);
        }
        var front = new CutOut(files.StillOf(cutOut ?? still), height, x, y, speed, shadow);
        if (cutOut is not null)
        {
            return new(shot with { CutOut = front });
        }
        if (!still.HasAlpha)
        {
            return shot.EndStill is null
                ? new(shot, Split: front)
                : throw I2VException.Invalid("end_image", "end_image has no place in a parallax of one photo, which is parted into " +
                    "product and background: leave it out, or take a camera such as push_in. Nothing was spent.");
        }
        return backdrop?.Picture is { } behind
            ? new(shot with { Still = behind, CutOut = front })
            : new(shot with { CutOut = front }, backdrop ?? Backdrop.Studio);
    }
}

using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Planning.Mending;
using McpI2V.Engine.Words;
using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Planning;

/// <summary>Turns a matrix into jobs: one master for all variants that differ only in local edits, one recipe a variant.</summary>
public sealed class VariantPlanner(ShotMender mender, RoutePlanner routes, Recipes recipes, ShotWords words)
{
    /// <summary>The jobs of these variants, masters before what is made of them.</summary>
    /// <param name="matrix">What is varied.</param>
    /// <param name="variants">Which of its combinations.</param>
    /// <param name="made">Masters that are there already, for variants that edit them.</param>
    public IReadOnlyList<NewJob> Plan(VariantMatrix matrix, IReadOnlyList<int[]> variants, MadeMasters? made = null)
    {
        var axes = matrix.Axes();
        List<NewJob> jobs = [];
        Dictionary<string, int> masters = [];
        Dictionary<string, int> prompts = [];
        foreach (var variant in variants)
        {
            int At(string axis) => axes.Index().Where(a => a.Item.Name == axis).Select(a => variant[a.Index]).DefaultIfEmpty(-1).First();
            var (master, shape, before) = Master(matrix, At);
            var steps = Steps(matrix, At);
            RequireOwnPrompt(prompts, master, steps, At("prompt"));
            JsonObject values = [];
            foreach (var (index, axis) in axes.Index())
            {
                values[axis.Name] = axis.Values[variant[index]];
            }
            var title = steps.Count == 0 ? master.Title : $"{Named(matrix, steps, At("text"))} {master.Title}";
            if (made?.Find(master.Request, At("model") >= 0 ? [master.Model, .. master.Route.Select(r => r.Model)] : null) is { } clip)
            {
                jobs.Add(EditOf(clip, steps, matrix.Quality, title) with { Variant = values.ToJsonString() });
                continue;
            }
            if (steps.Count == 0)
            {
                jobs.Add(Following(master, before, jobs, masters) with { Variant = values.ToJsonString() });
                continue;
            }
            var place = PlaceOf(Following(master, before, jobs, masters), " master", jobs, masters);
            jobs.Add(Edited(steps, matrix.Quality, title, shape) with
            {
                After = place,
                Variant = values.ToJsonString(),
            });
        }
        return jobs;
    }

    private static string Named(VariantMatrix matrix, JsonArray steps, int text) => ShortTitles.FromText(
        text >= 0 ? matrix.Texts[text]["text"]!.GetValue<string>() : "",
        RecipeTitles.FromSteps(steps));

    // The free camera reads nothing of a prompt but its camera: prompts that name the same one would make the same clip twice.
    private static void RequireOwnPrompt(Dictionary<string, int> seen, NewJob master, JsonArray steps, int prompt)
    {
        if (prompt < 0 || master.Provider != ModelEntry.EmbeddedProvider || master.Request is not AnimateRequest shot)
        {
            return;
        }
        var key = (shot with { Prompt = "" }).ToKey() + NextCall.Json(steps);
        if (seen.TryGetValue(key, out var other) && other != prompt)
        {
            throw I2VException.Invalid("prompts", $"prompts[{other}] and prompts[{prompt}] give the same clips with local:camera, which " +
                "reads their camera alone. Leave prompts out and vary cameras, or name a generative model in models. " +
                "Nothing was made or spent.");
        }
        seen[key] = prompt;
    }

    private static NewJob Following(NewJob master, NewJob? before, List<NewJob> jobs, Dictionary<string, int> places) =>
        before is null ? master : master with { After = PlaceOf(before, "", jobs, places) };

    // What several variants work on is made once.
    private static int PlaceOf(NewJob job, string title, List<NewJob> jobs, Dictionary<string, int> places)
    {
        var key = job.Model + job.Request.ToKey();
        if (!places.TryGetValue(key, out var place))
        {
            place = jobs.Count;
            places[key] = place;
            jobs.Add(job with { Title = job.Title + title });
        }
        return place;
    }

    private (NewJob Job, ClipShape Shape, NewJob? Before) Master(VariantMatrix matrix, Func<string, int> at)
    {
        var image = matrix.Images[at("image")];
        var motion = at("camera") >= 0 ? matrix.Motions[at("camera")] : default;
        var prompt = at("prompt") >= 0 ? matrix.Prompts[at("prompt")] : motion.Prompt ?? "";
        var camera = at("camera") >= 0 ? motion.Camera : CameraWords.Find(prompt) ?? ShotPlan.UsualCamera;
        var size = Sizes.OfClip(at("aspect_ratio") >= 0 ? matrix.Ratios[at("aspect_ratio")] : null, matrix.Resolution, image);
        var request = new AnimateRequest
        {
            Image = image.Handle.ToString(),
            References = [.. matrix.References.Select(r => r.Handle.ToString())],
            Prompt = prompt,
            Move = camera.Move,
            Strength = camera.Strength,
            Easing = camera.Easing,
            NamesCamera = at("camera") >= 0,
            AspectRatio = at("aspect_ratio") >= 0 ? matrix.Ratios[at("aspect_ratio")] : null,
            Resolution = matrix.Resolution?.ToString(),
            DurationSeconds = matrix.DurationSeconds,
            Width = size.Width,
            Height = size.Height,
            Quality = matrix.Quality,
            Seed = matrix.Takes > 1 ? (matrix.Seed ?? 0) + at("take") : matrix.Seed,
            Options = matrix.Options.DeepClone().AsObject(),
            Subjects = matrix.Subjects,
        };
        var shot = mender.Mend(at("model") >= 0 ? matrix.Models[at("model")] : null, request, mostUsd: null, "batch_variants");
        var route = shot.Route;
        // A model can't be told where words will stand; other words over its clip are no other clip.
        var asked = route.Model.IsEmbedded ? shot.Request with { TitleAt = matrix.TitleAt } : shot.Request;
        var job = NewJob.For(
            "batch_variants",
            ShotPlan.TitleOf(request, image, new PixelSize(asked.Width, asked.Height)),
            asked,
            route);
        var shape = new ClipShape(
            route.Settings.Size,
            TimeSpan.FromSeconds(route.Settings.DurationSeconds),
            30,
            route.Settings.NativeAudio);
        var said = at("prompt") >= 0 ? prompt : "";
        var foremost = route.Model.IsEmbedded ? words.Foremost(request, said, image, $"prompts[{at("prompt")}]") : [];
        var advice = ShotPlan.Advice(shot.Request, said, route, image, null, matrix.Elements);
        return (job with { Foremost = foremost, Warnings = [.. job.Warnings, .. shot.Said, .. advice] }, shape, shot.Before);
    }

    private static JsonArray Steps(VariantMatrix matrix, Func<string, int> at)
    {
        List<JsonNode> steps = [.. matrix.Operations.Select(o => o!.DeepClone())];
        if (at("text") >= 0)
        {
            steps.Add(matrix.Texts[at("text")].DeepClone());
        }
        if (at("audio") >= 0)
        {
            steps.Add(new JsonObject
            {
                ["op"] = "audio",
                ["audio"] = matrix.Sounds[at("audio")].Handle.ToString(),
                ["loop"] = true,
                ["fade_seconds"] = 0.5,
            });
        }
        return [.. steps];
    }

    private NewJob EditOf(Asset clip, JsonArray steps, EncodeQuality quality, string title)
    {
        recipes.SourceOf(clip, steps);
        var request = new RecipeRequest { Clip = clip.Handle.ToString(), Operations = steps, Operation = "edit", Quality = quality };
        return NewJob.For("batch_variants", title, request, routes.ForOperations) with
        {
            Warnings = ["Master clips of that batch are used again, so nothing is generated or paid twice; fresh: true makes them anew."],
        };
    }

    // The steps are tried on the clip that the master will be, so that a wrong one is told before anything is made.
    private NewJob Edited(JsonArray steps, EncodeQuality quality, string title, ClipShape shape)
    {
        recipes.RequireFit(steps, shape);
        return NewJob.For(
            "batch_variants",
            title,
            new RecipeRequest { Operations = steps, Operation = "edit", Quality = quality },
            routes.ForOperations);
    }
}

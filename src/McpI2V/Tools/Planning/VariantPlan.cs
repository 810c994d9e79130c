using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools.Planning;

/// <summary>Turns a matrix into jobs: one master for all variants that differ only in local edits, one recipe a variant.</summary>
internal sealed class VariantPlan
{
    private readonly ToolServices services;
    private readonly IReadOnlyList<string> prompts;
    private readonly IReadOnlyList<(string Name, CameraChoice Camera, string Prompt)> motions;
    private readonly IReadOnlyList<string> ratios;
    private readonly IReadOnlyList<string> models;
    private readonly IReadOnlyList<JsonObject> texts;
    private readonly int takes;
    private readonly long? seed;
    private readonly Resolution? resolution;
    private readonly EncodeQuality quality;
    private readonly ArgumentReader arguments;

    public VariantPlan(ToolServices services, ArgumentReader arguments)
    {
        (this.services, this.arguments) = (services, arguments);
        prompts = VariantArguments.Prompts.Read(arguments);
        motions =
        [
            .. VariantArguments.Presets.Read(arguments)
            .Select(p => services.Presets.Get(p, "presets"))
            .Select(p => (p.Name, CameraArgument.FromPreset(p), p.Prompt)),
            .. VariantArguments.Cameras.Read(arguments)
            .Select(c => (SnakeCase.From(c.Move), c, "")),
        ];
        ratios = VariantArguments.Ratios.Read(arguments);
        models = VariantArguments.Models.Read(arguments);
        texts = [.. VariantArguments.Texts.Read(arguments).Select(TextStep)];
        takes = (int)(VariantArguments.Takes.Read(arguments) ?? 1);
        seed = CommonArguments.Seed.Read(arguments);
        resolution = CommonArguments.ShortSide.Read(arguments);
        quality = CommonArguments.Quality.Read(arguments);
    }

    public required IReadOnlyList<Asset> Images { get; init; }

    public required IReadOnlyList<Asset> References { get; init; }

    public required IReadOnlyList<Asset> Sounds { get; init; }

    public required JsonArray Operations { get; init; }

    public required JsonObject Options { get; init; }

    /// <summary>The axes that were given, in the order in which a variant is read.</summary>
    public IReadOnlyList<BatchAxis> Axes()
    {
        List<BatchAxis> axes = [new("image", [.. Images.Select(i => i.Handle.ToString())])];
        Add(axes, "prompt", prompts);
        Add(axes, "camera", [.. motions.Select(m => m.Name)]);
        Add(axes, "aspect_ratio", ratios);
        Add(axes, "model", models);
        Add(axes, "text", [.. texts.Select(t => t["text"]!.GetValue<string>())]);
        Add(axes, "audio", [.. Sounds.Select(s => s.Handle.ToString())]);
        Add(axes, "take", takes > 1 ? [.. Enumerable.Range(1, takes).Select(t => $"{t}")] : []);
        return axes;
    }

    /// <summary>The jobs of these variants, masters before what is made of them.</summary>
    public IReadOnlyList<NewJob> Jobs(IReadOnlyList<int[]> variants)
    {
        var axes = Axes();
        List<NewJob> jobs = [];
        Dictionary<string, int> masters = [];
        foreach (var variant in variants)
        {
            int At(string axis) => axes.Index().Where(a => a.Item.Name == axis).Select(a => variant[a.Index]).DefaultIfEmpty(-1).First();
            var (master, shape) = Master(At);
            var steps = Steps(At);
            JsonObject values = [];
            foreach (var (index, axis) in axes.Index())
            {
                values[axis.Name] = axis.Values[variant[index]];
            }
            if (steps.Count == 0)
            {
                jobs.Add(master with { Variant = values.ToJsonString() });
                continue;
            }
            var key = master.Model + master.Request.ToKey();
            if (!masters.TryGetValue(key, out var place))
            {
                place = jobs.Count;
                masters[key] = place;
                jobs.Add(master with { Title = master.Title + " master" });
            }
            jobs.Add(Edited(
                steps,
                place,
                values,
                master.Title,
                At("text") >= 0 ? texts[At("text")]["text"]!.GetValue<string>() : "",
                shape));
        }
        return jobs;
    }

    private (NewJob Job, ClipShape Shape) Master(Func<string, int> at)
    {
        var image = Images[at("image")];
        var motion = at("camera") >= 0 ? motions[at("camera")] : default;
        var prompt = at("prompt") >= 0 ? prompts[at("prompt")] : motion.Prompt ?? "";
        var camera = at("camera") >= 0 ? motion.Camera : CameraWords.Find(prompt) ?? new CameraChoice(CameraMove.PushIn, 0.35);
        var size = Sizes.OfClip(at("aspect_ratio") >= 0 ? ratios[at("aspect_ratio")] : null, resolution, image);
        var request = new AnimateRequest
        {
            Image = image.Handle.ToString(),
            References = [.. References.Select(r => r.Handle.ToString())],
            Prompt = prompt,
            Move = camera.Move,
            Strength = camera.Strength,
            Easing = camera.Easing,
            NamesCamera = at("camera") >= 0,
            AspectRatio = at("aspect_ratio") >= 0 ? ratios[at("aspect_ratio")] : null,
            Resolution = resolution?.ToString(),
            DurationSeconds = ShotArguments.Duration.Read(arguments),
            Width = size.Width,
            Height = size.Height,
            Quality = quality,
            Seed = takes > 1 ? (seed ?? 0) + at("take") : seed,
            Options = Options.DeepClone().AsObject(),
        };
        var route = services.Router.Choose(at("model") >= 0 ? models[at("model")] : null, request.Need(services.Library));
        var job = JobSubmission.JobFor(
            "batch_variants",
            ShotArguments.TitleOf(request, size),
            request,
            route);
        var shape = new ClipShape(
            route.Settings.Size,
            TimeSpan.FromSeconds(route.Settings.DurationSeconds),
            30,
            route.Settings.NativeAudio);
        return (job with
        {
            Warnings = [.. job.Warnings, .. ShotArguments.Advice(services, arguments, prompt, at("camera") >= 0, image, size)],
        }, shape);
    }

    private JsonArray Steps(Func<string, int> at)
    {
        JsonArray steps = [.. Operations.Select(o => o!.DeepClone())];
        if (at("text") >= 0)
        {
            steps.Add(texts[at("text")].DeepClone());
        }
        if (at("audio") >= 0)
        {
            steps.Add(new JsonObject
            {
                ["op"] = "audio",
                ["audio"] = Sounds[at("audio")].Handle.ToString(),
                ["loop"] = true,
                ["fade_seconds"] = 0.5,
            });
        }
        return steps;
    }

    // The steps are tried on the clip that the master will be, so that a wrong one is told before anything is made.
    private NewJob Edited(JsonArray steps, int master, JsonObject values, string masterTitle, string text, ClipShape shape)
    {
        services.Recipes.RequireFit(steps, shape);
        var request = new RecipeRequest { Operations = steps, Operation = "edit", Quality = quality };
        var title = $"{ShortTitles.FromText(text, RecipeTitles.FromSteps(steps))} {masterTitle}";
        return JobSubmission.JobFor(
            "batch_variants",
            title,
            request,
            services.Router.Choose(null, ModelNeed.Operations)) with { After = master, Variant = values.ToJsonString() };
    }

    private static void Add(List<BatchAxis> axes, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            axes.Add(new BatchAxis(name, values));
        }
    }

    private static JsonObject TextStep(JsonElement item, int index)
    {
        JsonObject step = item.ValueKind switch
        {
            JsonValueKind.String => new() { ["text"] = item.GetString() },
            JsonValueKind.Object => JsonNode.Parse(item.GetRawText())!.AsObject(),
            _ => throw I2VException.Invalid($"texts[{index}]",
                $"texts[{index}] must be a text, or an object with text, position and style. Nothing was spent."),
        };
        step["op"] = "text";
        if (step["text"] is not JsonValue value || !value.TryGetValue<string>(out var words) || string.IsNullOrWhiteSpace(words))
        {
            throw I2VException.Invalid($"texts[{index}]", $"texts[{index}] has no text. Nothing was spent.");
        }
        step["position"] ??= "top";
        step["style"] ??= "bold";
        return step;
    }
}

using System.Text.Json.Nodes;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text;

namespace McpI2V.Engine.Planning;

/// <summary>What is varied, and what is the same in every variant. An axis that is empty is not varied.</summary>
public sealed record VariantMatrix
{
    /// <summary>The stills.</summary>
    public required IReadOnlyList<Asset> Images { get; init; }

    /// <summary>Motion prompts.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>Moves, by the name of their preset or of the move, each with the preset's prompt.</summary>
    public IReadOnlyList<(string Name, CameraChoice Camera, string Prompt)> Motions { get; init; } = [];

    /// <summary>Aspect ratios, as they are spelt.</summary>
    public IReadOnlyList<string> Ratios { get; init; } = [];

    /// <summary>Models, by id or alias.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Text operations.</summary>
    public IReadOnlyList<JsonObject> Texts { get; init; } = [];

    /// <summary>Where all titles are to stand; null where there are none, or they stand in several places.</summary>
    public TextPosition? TitleAt
    {
        get
        {
            var places = Texts.Concat(Operations.OfType<JsonObject>().Where(o => o["op"]?.ToString() == "text"))
                .Select(t => SnakeCase.Parse<TextPosition>(t["position"]?.ToString() ?? "") ?? TextPosition.Bottom)
                .Distinct()
                .ToList();
            return places is [var one] ? one : null;
        }
    }

    /// <summary>Sounds laid under the clip.</summary>
    public IReadOnlyList<Asset> Sounds { get; init; } = [];

    /// <summary>Takes of each, with different seeds.</summary>
    public int Takes { get; init; } = 1;

    /// <summary>Pictures of what must look the same.</summary>
    public IReadOnlyList<Asset> References { get; init; } = [];

    /// <summary>The names of the elements among them.</summary>
    public IReadOnlyList<string> Elements { get; init; } = [];

    /// <summary>What these look like, as requests hold it; null: nothing.</summary>
    public string[]? Subjects { get; init; }

    /// <summary>Edits of every variant.</summary>
    public required JsonArray Operations { get; init; }

    /// <summary>The model's own options.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>The length; null: the model's usual.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The short side; null: the usual.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>How well it is encoded.</summary>
    public required EncodeQuality Quality { get; init; }

    /// <summary>The seed of the first take.</summary>
    public long? Seed { get; init; }

    /// <summary>The axes that vary, in the order in which a variant is read; the stills are always one.</summary>
    public IReadOnlyList<BatchAxis> Axes()
    {
        List<BatchAxis> axes = [new("image", [.. Images.Select(i => i.Handle.ToString())])];
        Add(axes, "prompt", Prompts);
        Add(axes, "camera", [.. Motions.Select(m => m.Name)]);
        Add(axes, "aspect_ratio", Ratios);
        Add(axes, "model", Models);
        Add(axes, "text", [.. Texts.Select(t => t["text"]!.GetValue<string>())]);
        Add(axes, "audio", [.. Sounds.Select(s => s.Handle.ToString())]);
        Add(axes, "take", Takes > 1 ? [.. Enumerable.Range(1, Takes).Select(t => $"{t}")] : []);
        return axes;
    }

    private static void Add(List<BatchAxis> axes, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            axes.Add(new BatchAxis(name, values));
        }
    }
}

using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ComfyUI;

/// <summary>A workflow in ComfyUI's API format: nodes by their ids, each with its class and its inputs; a link is [node, output].</summary>
internal sealed class Workflow
{
    private const string HowToExport =
        "Open it in ComfyUI and export it for the API (Workflow, Export (API); in older versions Save (API Format), once the developer " +
            "mode is on in the settings), and put that file in its place";

    private readonly JsonObject graph;

    private Workflow(string name, string where, JsonObject graph, WorkflowSlots slots) =>
        (Name, Where, this.graph, Slots) = (name, where, graph, slots);

    /// <summary>Its name: the file's, without its ending.</summary>
    public string Name { get; }

    /// <summary>Where it lies, for messages.</summary>
    public string Where { get; }

    /// <summary>Where the parts of an order go.</summary>
    public WorkflowSlots Slots { get; }

    /// <summary>What it can be asked for.</summary>
    public Capability Capability { get; private set; }

    /// <summary>A copy of its nodes, to fill in.</summary>
    public JsonObject Graph => (JsonObject)graph.DeepClone();

    /// <summary>The classes of its nodes.</summary>
    public IEnumerable<string> Classes => graph.Select(n => n.Value!["class_type"]!.ToString()).Distinct(StringComparer.Ordinal);

    /// <summary>Frames in a second of what it makes, where a node says it; else what Wan makes.</summary>
    public double FramesPerSecond { get; private set; } = 16;

    /// <summary>Reads a workflow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="where">Where it lies, for messages.</param>
    /// <param name="file">What its file holds.</param>
    /// <param name="beside">What the file of slots beside it holds; null: there is none.</param>
    /// <exception cref="I2VException">It can't be used; the message says why, and what to do.</exception>
    public static Workflow Read(string name, string where, byte[] file, byte[]? beside)
    {
        try
        {
            var graph = GraphIn(file);
            var slots = WorkflowSlots.Read(graph, beside is null
                ? null
                : LenientJson.Read(beside) ?? throw I2VException.Invalid("model", $"{name}.slots.json beside it holds no JSON object"));
            var workflow = new Workflow(name, where, graph, slots);
            workflow.Judge();
            return workflow;
        }
        catch (I2VException e)
        {
            throw I2VException.Invalid(
                "model",
                $"The workflow {ForeignText.Line(name, 80)} ({where}) can't be used: {e.Message.TrimEnd('.')}. Nothing was sent.");
        }
    }

    private static JsonObject GraphIn(byte[] file)
    {
        var read = LenientJson.Read(file) ?? throw Wrong("it holds no JSON object");
        // As it is sent, with the nodes inside.
        var graph = read["prompt"] is JsonObject inside && inside["class_type"] is null ? (JsonObject)inside.DeepClone() : read;
        if (graph["nodes"] is JsonArray || graph["links"] is JsonArray)
        {
            throw Wrong($"it is the editor's save file, which no server runs. {HowToExport}");
        }
        foreach (var (id, node) in graph)
        {
            if (node is not JsonObject || node["class_type"] is null || node["inputs"] is not JsonObject)
            {
                throw Wrong($"{ForeignText.Quote(id, 40)} in it is no node with class_type and inputs. {HowToExport}");
            }
        }
        return graph.Count > 0 ? graph : throw Wrong($"it has no nodes. {HowToExport}");
    }

    // What it makes is told by the nodes that save.
    private void Judge()
    {
        foreach (var node in graph.Select(n => n.Value!["inputs"]!))
        {
            FramesPerSecond = Number(node["fps"]) ?? Number(node["frame_rate"]) ?? FramesPerSecond;
        }
        var makes = Classes.Select(SavedBy).OfType<MediaKind>().ToList();
        if (makes.Contains(MediaKind.Clip))
        {
            Capability = Slots.Has("image")
                ? Capability.ImageToVideo
                : throw Wrong($"it makes a clip and has no slot for the still: title its Load Image node {WorkflowSlots.Mark}image in " +
                    $"ComfyUI and export it again, or name the node in {Name}.slots.json beside it, as in {{\"image\": \"12\"}}");
            return;
        }
        if (!makes.Contains(MediaKind.Still))
        {
            throw Wrong(Classes.Any(c => c.StartsWith("SaveAnimated", StringComparison.Ordinal))
                ? "it saves an animated picture; save a clip with the node SaveVideo"
                : "no node in it saves a still or a clip; end it with SaveImage or SaveVideo");
        }
        Capability = Slots.Has("image") ? Capability.ImageEdit
            : Slots.Has("prompt") ? Capability.TextToImage
            : throw Wrong($"it has no slot: title its Load Image node {WorkflowSlots.Mark}image and the node with the words " +
                $"{WorkflowSlots.Mark}prompt in ComfyUI and export it again, or name them in {Name}.slots.json beside it");
    }

    // Names of ComfyUI's own nodes, and of the VideoHelperSuite's.
    private static MediaKind? SavedBy(string type) => type switch
    {
        "SaveVideo" or "SaveWEBM" or "VHS_VideoCombine" => MediaKind.Clip,
        _ when type.StartsWith("SaveAnimated", StringComparison.Ordinal) => null,
        _ when type.Contains("Video", StringComparison.Ordinal) && type.Contains("Save", StringComparison.Ordinal) => MediaKind.Clip,
        "PreviewImage" => MediaKind.Still,
        _ when type.Contains("Image", StringComparison.Ordinal) && type.Contains("Save", StringComparison.Ordinal) => MediaKind.Still,
        _ => null,
    };

    private static double? Number(JsonNode? value) =>
        value is JsonValue plain && plain.TryGetValue<double>(out var number) && number is > 0 and <= 240 ? number : null;

    private static I2VException Wrong(string what) => I2VException.Invalid("model", what);
}

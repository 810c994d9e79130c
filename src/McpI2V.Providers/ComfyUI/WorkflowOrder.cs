using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Providers.ComfyUI;

/// <summary>Fills an order into a workflow.</summary>
internal static class WorkflowOrder
{
    // Models of clips take a frame more than a multiple of four, some of eight; sides that are multiples of sixteen.
    private const int FramesStep = 8;
    private const int SideStep = 16;

    /// <summary>
    /// The id that an attempt has at the server, before it is sent: a lost answer is found by it. A server takes only a UUID in its usual
    /// form.
    /// </summary>
    public static string IdOf(string key) => Guid.TryParse(key, out var own)
        ? own.ToString()
        : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)).ToString();

    /// <summary>What an order says that its workflow takes no notice of.</summary>
    /// <exception cref="I2VException">An option names no input of the workflow.</exception>
    public static IReadOnlyList<string> Review(Workflow workflow, GenerationOrder order)
    {
        var graph = workflow.Graph;
        foreach (var (name, value) in order.Options)
        {
            Set(graph, workflow, name, value);
        }
        var (slots, id) = (workflow.Slots, order.Model.Id);
        List<string> said = [];
        if (!slots.Has("prompt") && order.Prompt.Length > 0)
        {
            said.Add($"{id} has no {WorkflowSlots.Mark}prompt: the words of the workflow stay.");
        }
        if (!slots.Has("seed"))
        {
            said.Add($"{id} has no {WorkflowSlots.Mark}seed: the same call makes the same.");
        }
        if (!slots.Has("seconds") && order.Capability.Makes() == MediaKind.Clip)
        {
            said.Add($"{id} has no {WorkflowSlots.Mark}seconds: the clip is as long as the workflow makes it.");
        }
        return said;
    }

    /// <summary>The nodes to send.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="order">The order.</param>
    /// <param name="named">What the server knows an input by.</param>
    public static JsonObject Fill(Workflow workflow, GenerationOrder order, Func<OrderInput, string> named)
    {
        var (graph, slots, settings) = (workflow.Graph, workflow.Slots, order.Settings);
        if (order.Image is { } image)
        {
            Put("image", _ => named(image));
            // Without a last frame of its own the clip returns to its first.
            Put("end_image", _ => named(order.EndImage ?? image));
        }
        Put("prompt", _ => order.Prompt);
        // Always sent: what was made with the same seed before is not made again.
        var seed = order.Seed ?? BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(order.Key)));
        Put("seed", _ => seed);
        if (settings.DurationSeconds > 0)
        {
            Put("seconds", place => place.CountsFrames
                ? Frames(settings.DurationSeconds * workflow.FramesPerSecond)
                : settings.DurationSeconds);
        }
        if (slots.HasSize && settings.Size.Width > 0)
        {
            Put("width", _ => PixelSize.Multiple(settings.Size.Width, SideStep));
            Put("height", _ => PixelSize.Multiple(settings.Size.Height, SideStep));
        }
        foreach (var (name, value) in order.Options)
        {
            Set(graph, workflow, name, value);
        }
        Name(graph, IdOf(order.Key));
        return graph;

        void Put(string slot, Func<SlotPlace, JsonNode> value)
        {
            foreach (var place in slots[slot])
            {
                graph[place.Node]!["inputs"]![place.Input] = value(place);
            }
        }
    }

    // A name of its own for each file: what is answered from the server's memory is saved all the same.
    private static void Name(JsonObject graph, string id)
    {
        foreach (var (_, node) in graph)
        {
            if (node!["inputs"]!["filename_prefix"] is JsonValue prefix && prefix.TryGetValue<string>(out var text))
            {
                node["inputs"]!["filename_prefix"] = $"{text}_{id[..8]}";
            }
        }
    }

    // An option is an input of a node, by the node's id or title: {"11.steps": 30}.
    private static void Set(JsonObject graph, Workflow workflow, string name, JsonNode? value)
    {
        var at = name.LastIndexOf('.');
        var (which, input) = at > 0 ? (name[..at], name[(at + 1)..]) : ("", name);
        var node = graph[which] ?? graph
            .Select(n => n.Value)
            .FirstOrDefault(n => which.Equals(n!["_meta"]?["title"]?.ToString(), StringComparison.OrdinalIgnoreCase));
        if (node?["inputs"] is not JsonObject inputs || !inputs.ContainsKey(input) || value is JsonObject or JsonArray)
        {
            var nodes = string.Join(", ", graph.SelectMany(n => n.Value!["inputs"]!.AsObject()
                .Where(i => i.Value is JsonValue)
                .Select(i => $"{n.Key}.{i.Key}")));
            throw I2VException.Invalid(
                "options",
                $"options.{ForeignText.Line(name, 60)} is no input of the workflow {ForeignText.Line(workflow.Name, 60)}; its options " +
                    $"are inputs of nodes, such as {ForeignText.Line(nodes, 300)}, each with a text, a number, true or false. Nothing " +
                    "was sent.");
        }
        inputs[input] = value?.DeepClone();
    }

    private static int Frames(double frames) => Math.Max(1, (int)Math.Round(frames / FramesStep)) * FramesStep + 1;
}

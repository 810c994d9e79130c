using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Media;

namespace McpI2V.Providers.ComfyUI;

/// <summary>
/// Where in a workflow the parts of an order go: the nodes that are titled <c>i2v:image</c> and so on (several in one title with blanks
/// between, <c>i2v:prompt.text</c> where the input is not the usual one), or what a file beside the workflow names.
/// </summary>
internal sealed class WorkflowSlots
{
    /// <summary>The title's beginning that makes a node a slot.</summary>
    public const string Mark = "i2v:";

    // The inputs that each slot may mean, the likeliest first.
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["image"] = ["image", "file", "url", "value"],
        ["end_image"] = ["image", "file", "url", "value"],
        ["prompt"] = ["text", "prompt", "positive", "string", "value"],
        ["seed"] = ["seed", "noise_seed", "value"],
        ["seconds"] = ["length", "frames", "num_frames", "frame_count", "video_frames", "video_length", "seconds", "duration", "value"],
        ["width"] = ["width", "value"],
        ["height"] = ["height", "value"],
    };

    private static readonly string[] Facts = ["summary", "longest_seconds"];
    private readonly Dictionary<string, List<SlotPlace>> places = new(StringComparer.Ordinal);

    private WorkflowSlots()
    {
    }

    /// <summary>What the workflow does, in a sentence or two; null: its file does not say.</summary>
    public string? Summary { get; private init; }

    /// <summary>The longest clip that it is good for, in seconds; null: its file does not say.</summary>
    public double? LongestSeconds { get; private init; }

    /// <summary>The names of slots, for a message.</summary>
    public static string Names { get; } = string.Join(", ", Usual.Keys.Where(k => k is not ("width" or "height")).Append("size"));

    /// <summary>Where a part of an order goes; empty: nowhere.</summary>
    public IReadOnlyList<SlotPlace> this[string slot] => places.GetValueOrDefault(slot, []);

    /// <summary>True if the workflow has a slot.</summary>
    public bool Has(string slot) => this[slot].Count > 0;

    /// <summary>True if the workflow makes the size that it is told.</summary>
    public bool HasSize => Has("width") && Has("height");

    /// <summary>Reads the slots of a graph.</summary>
    /// <param name="graph">The nodes by their ids.</param>
    /// <param name="beside">What the file beside the workflow holds; null: there is none.</param>
    /// <exception cref="I2VException">A slot names what is not there.</exception>
    public static WorkflowSlots Read(JsonObject graph, JsonObject? beside)
    {
        var slots = new WorkflowSlots
        {
            Summary = beside?["summary"]?.ToString(),
            LongestSeconds = beside?["longest_seconds"] is { } longest
                ? longest.GetValueKind() == JsonValueKind.Number && (double)longest is > 0 and <= 600 and var seconds
                    ? seconds
                    : throw Wrong($"longest_seconds is {ForeignText.Quote(longest.ToJsonString(), 40)}, no number from 0 to 600")
                : null,
        };
        foreach (var (id, node) in graph)
        {
            foreach (var word in Words(node?["_meta"]?["title"]?.ToString()))
            {
                slots.Add(graph, word, id);
            }
        }
        foreach (var (name, value) in beside ?? [])
        {
            if (Facts.Contains(name))
            {
                continue;
            }
            // The file has the last word.
            slots.Forget(name);
            foreach (var named in value as JsonArray ?? [value?.DeepClone()])
            {
                var (id, input) = Split(named?.ToString() ?? "");
                slots.Add(graph, input is null ? name : $"{name}.{input}", id);
            }
        }
        return slots;
    }

    private static IEnumerable<string> Words(string? title) => (title ?? "")
        .Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)
        .Where(w => w.StartsWith(Mark, StringComparison.OrdinalIgnoreCase))
        .Select(w => w[Mark.Length..].ToLowerInvariant());

    private static (string Name, string? Input) Split(string word) => word.Split('.', 2) is [var name, var input]
        ? (name, input)
        : (word, null);

    private void Forget(string slot)
    {
        foreach (var name in slot == "size" ? ["width", "height"] : new[] { slot })
        {
            places.Remove(name);
        }
    }

    private void Add(JsonObject graph, string word, string id)
    {
        var (slot, input) = Split(word);
        if (slot == "size" && input is null)
        {
            Add(graph, "width.width", id);
            Add(graph, "height.height", id);
            return;
        }
        slot = slot == "size" ? input!.Contains("height", StringComparison.OrdinalIgnoreCase) ? "height" : "width" : slot;
        if (!Usual.TryGetValue(slot, out var usual))
        {
            throw Wrong($"{ForeignText.Quote(Mark + slot, 60)} is no slot; there are {Names}");
        }
        if (graph[id]?["inputs"] is not JsonObject inputs)
        {
            throw Wrong($"{slot} names the node {ForeignText.Quote(id, 40)}, and there is none; its nodes are " +
                ForeignText.Line(string.Join(", ", graph.Select(n => n.Key)), 200));
        }
        var found = input is null ? usual.FirstOrDefault(inputs.ContainsKey) : inputs.ContainsKey(input) ? input : null;
        if (found is null)
        {
            var own = ForeignText.Line(string.Join(", ", inputs.Select(i => i.Key)), 200);
            throw Wrong($"the node {ForeignText.Line(id, 40)} ({ForeignText.Line(graph[id]!["class_type"]?.ToString(), 60)}) is titled " +
                $"{Mark}{slot} and has no input {input ?? string.Join(" or ", usual)}; it has {own}. Say which, as in {Mark}{slot}.input");
        }
        if (!places.TryGetValue(slot, out var known))
        {
            places[slot] = known = [];
        }
        known.Add(new SlotPlace(id, found));
    }

    private static I2VException Wrong(string what) => I2VException.Invalid("model", what);
}

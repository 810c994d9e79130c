using System.Text.Json.Nodes;

namespace McpI2V.Providers.ComfyUI;

/// <summary>
/// How far a workflow is: what of its nodes is done. A node that goes in steps counts as many, for a sampler takes longer than all that
/// loads and saves. Who holds it asks and tells one at a time.
/// </summary>
/// <param name="graph">The nodes by their ids; empty: they are not known, and no share is told.</param>
internal sealed class WorkflowProgress(JsonObject graph)
{
    private const double MostSteps = 10_000;
    private readonly Dictionary<string, double> weights =
        graph.ToDictionary(n => n.Key, n => Math.Clamp(Number(n.Value?["inputs"]?["steps"]) ?? 1, 1, MostSteps), StringComparer.Ordinal);

    // What goes into a node: [node, output].
    private readonly Dictionary<string, string[]> feeding = graph.ToDictionary(
        n => n.Key,
        n => (n.Value?["inputs"] as JsonObject ?? []).Select(i => (i.Value as JsonArray)?[0]?.ToString()).OfType<string>().ToArray(),
        StringComparer.Ordinal);

    private readonly Dictionary<string, double> shares = new(StringComparer.Ordinal);
    private string? present;

    /// <summary>0 to 1; null: nothing was heard of it yet.</summary>
    public double? Fraction { get; private set; }

    /// <summary>Takes what the server told (execution.py and comfy_execution/progress.py, about 0.38.1).</summary>
    /// <param name="type">The kind of the message.</param>
    /// <param name="data">What it says.</param>
    public void Hear(string type, JsonObject data)
    {
        switch (type)
        {
            case "execution_cached":
                foreach (var node in data["nodes"] as JsonArray ?? [])
                {
                    Done(node?.ToString());
                }
                break;
            case "executing":
                // One after the other: whoever is named before is done. Nobody: all are.
                Done(present);
                present = data["node"]?.ToString();
                Begin(present);
                break;
            case "executed":
                Done(data["node"]?.ToString());
                break;
            case "progress":
                Reach(data["node"]?.ToString(), data);
                break;
            case "progress_state":
                foreach (var (id, node) in data["nodes"] as JsonObject ?? [])
                {
                    Reach(id, node as JsonObject);
                }
                break;
            case "execution_start":
                break;
            default:
                return;
        }
        var whole = weights.Values.Sum();
        Fraction = whole > 0 ? shares.Sum(s => weights[s.Key] * s.Value) / whole : null;
    }

    private void Reach(string? id, JsonObject? node)
    {
        if (node?["state"]?.ToString() == "finished")
        {
            Done(id);
        }
        else if (Number(node?["value"]) is { } value && Number(node?["max"]) is { } most and > 0)
        {
            Begin(id);
            Note(id, value / most);
        }
    }

    private void Done(string? id)
    {
        Begin(id);
        Note(id, 1);
    }

    // What goes into a node was done before it, also where nobody was listening then.
    private void Begin(string? id)
    {
        foreach (var before in feeding.GetValueOrDefault(id ?? "", []))
        {
            if (feeding.ContainsKey(before) && shares.GetValueOrDefault(before) < 1)
            {
                Note(before, 1);
                Begin(before);
            }
        }
    }

    // Nodes that a node makes while it runs are not in the graph.
    private void Note(string? id, double share)
    {
        if (id is not null && weights.ContainsKey(id))
        {
            shares[id] = Math.Clamp(share, 0, 1);
        }
    }

    private static double? Number(JsonNode? value) =>
        value is JsonValue plain && plain.TryGetValue<double>(out var number) && double.IsFinite(number) ? number : null;
}

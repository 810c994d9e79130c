using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Pika;

/// <summary>Pika's operations with their prices, as its catalogue tells them; a test may change them.</summary>
public sealed class PikaShelf
{
    private readonly JsonObject operations = Contract.Read("pika.json").DeepClone().AsObject();

    /// <summary>Every id.</summary>
    public IEnumerable<string> Ids => operations.Select(o => o.Key);

    /// <summary>The inputs of an operation; null: there is none of this id that can be called.</summary>
    public JsonObject? Members(string id) => operations[id] is JsonObject operation && operation["uncallable"] is null
        ? operation["input"]!.AsObject()
        : null;

    /// <summary>image or video.</summary>
    public string Category(string id) => operations[id]!["category"]!.ToString();

    /// <summary>True for a clip that always sounds.</summary>
    public bool IsNative(string id) => operations[id]!["native"] is not null;

    /// <summary>Makes an operation dearer or cheaper.</summary>
    public void Reprice(string id, decimal factor)
    {
        foreach (var tier in operations[id]!["price_tiers"]!.AsArray())
        {
            tier!["micro_usd"] = (decimal)tier["micro_usd"]! * factor;
        }
    }

    /// <summary>Names an input otherwise.</summary>
    public void Rename(string id, string from, string to)
    {
        var changed = new JsonObject();
        foreach (var (name, member) in Members(id)!)
        {
            changed[name == from ? to : name] = member!.DeepClone();
        }
        operations[id]!["input"] = changed;
    }

    /// <summary>The record of an operation; null: there is none.</summary>
    public JsonObject? Record(string id, bool withInputs)
    {
        if (operations[id] is not JsonObject operation)
        {
            return null;
        }
        var record = new JsonObject
        {
            ["api_id"] = id,
            ["category"] = operation["category"]!.DeepClone(),
            ["call"] = operation["uncallable"] is null
                ? new JsonObject { ["method"] = "POST", ["path"] = "/v1/media/" + id }
                : null,
            ["display_pricing"] = new JsonObject
            {
                ["components"] = new JsonArray(new JsonObject
                {
                    ["role"] = "output",
                    ["unit"] = operation["unit"]!.DeepClone(),
                    ["price_tiers"] = operation["price_tiers"]!.DeepClone(),
                }),
            },
        };
        if (withInputs)
        {
            record["input_schema"] = Contract.Schema(
                operation["input"]!.AsObject(),
                (told, kind) => (told["media_kinds"], told["pattern"]) = (new JsonArray(kind), "^https?://"));
        }
        return record;
    }

    /// <summary>What an input costs.</summary>
    public decimal Usd(string id, JsonObject input)
    {
        string Of(string name) => (input[name] ?? Members(id)![name]?["default"])?.ToString() ?? "";
        var tier = operations[id]!["price_tiers"]!.AsArray().First(t => t!["spec"]!.AsObject().All(s => s.Value!.ToString() == Of(s.Key)))!;
        var isTimed = operations[id]!["unit"]!["type"]!.ToString() == "second";
        var units = isTimed ? Seconds(id, input) : int.TryParse(Of("num_images"), out var count) ? count : 1;
        return (decimal)tier["micro_usd"]! * (decimal)units / 1_000_000m;
    }

    /// <summary>The length of a clip.</summary>
    public double Seconds(string id, JsonObject input)
    {
        var name = new[] { "duration", "duration_s", "transition_duration_s" }.FirstOrDefault(n => Members(id)![n] is not null);
        var text = name is null ? "5" : (input[name] ?? Members(id)![name]!["default"])!.ToString();
        return double.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture);
    }
}

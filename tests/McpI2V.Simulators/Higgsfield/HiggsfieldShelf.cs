using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Higgsfield;

/// <summary>Higgsfield's models with what they cost; a test may change them.</summary>
public sealed class HiggsfieldShelf
{
    private readonly JsonObject models = Contract.Read("higgsfield.json").DeepClone().AsObject();

    /// <summary>Every id.</summary>
    public IEnumerable<string> Ids => models.Select(m => m.Key);

    /// <summary>The inputs of a model; null: there is none.</summary>
    public JsonObject? Members(string id) => models[id]?["input"] as JsonObject;

    public bool IsClip(string id) => models[id]!["output_type"]!.ToString() == "video";

    /// <summary>True for a clip that always sounds.</summary>
    public bool IsNative(string id) => models[id]!["native"] is not null;

    /// <summary>True for one whose estimate is told in words.</summary>
    public bool IsDescribed(string id) => models[id]!["described"] is not null;

    /// <summary>Makes a model dearer or cheaper.</summary>
    public void Reprice(string id, decimal factor)
    {
        foreach (var tier in models[id]!["tiers"]!.AsArray())
        {
            tier!["usd"] = (decimal)tier["usd"]! * factor;
        }
    }

    /// <summary>An item of the list.</summary>
    public JsonObject Item(string id, bool withSchema)
    {
        var item = new JsonObject
        {
            ["slug"] = id,
            ["title"] = models[id]!["title"]!.DeepClone(),
            ["output_type"] = models[id]!["output_type"]!.DeepClone(),
            ["operation_type"] = new JsonArray(id.Split('/')[^1]),
        };
        if (withSchema)
        {
            item["input_schema"] = Contract.Schema(Members(id)!, (told, _) => told["format"] = "uri");
        }
        return item;
    }

    /// <summary>What an input costs.</summary>
    public decimal Usd(string id, JsonObject input)
    {
        string Of(string name) => (input[name] ?? Members(id)![name]?["default"])?.ToString() ?? "";
        var tier = models[id]!["tiers"]!.AsArray().First(t => t!["spec"]!.AsObject().All(s => s.Value!.ToString() == Of(s.Key)))!;
        var units = models[id]!["unit"]?.ToString() switch
        {
            "clip" => 1,
            "image" => int.Parse(Of("batch_size"), CultureInfo.InvariantCulture),
            _ => Seconds(id, input),
        };
        return (decimal)tier["usd"]! * (decimal)units;
    }

    /// <summary>The length of a clip.</summary>
    public double Seconds(string id, JsonObject input) =>
        (double?)(input["duration"] ?? Members(id)!["duration"]?["default"]) ?? 5;
}

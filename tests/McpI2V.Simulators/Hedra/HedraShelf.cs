using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Hedra;

/// <summary>The models that are there, each as the catalogue tells it and as a submit is held against it.</summary>
public sealed class HedraShelf
{
    private readonly JsonObject models = Contract.Read("hedra.json").DeepClone().AsObject();

    /// <summary>Every id.</summary>
    public IEnumerable<string> Ids => models.Select(m => m.Key);

    /// <summary>The inputs of a model; null: there is no such model.</summary>
    public JsonObject? Members(string model) => models[model]?["input"] as JsonObject;

    /// <summary>video, image or audio.</summary>
    public string Modality(string model) => models[model]!["modality"]!.ToString();

    /// <summary>True for a model that can't be priced before its sound is measured.</summary>
    public bool IsMeasured(string model) => Members(model)!["audio"] is not null;

    /// <summary>Names an input otherwise, as a new schema may.</summary>
    public void Rename(string model, string from, string to)
    {
        var changed = new JsonObject();
        foreach (var (name, member) in Members(model)!)
        {
            changed[name == from ? to : name] = member!.DeepClone();
        }
        models[model]!["input"] = changed;
    }

    /// <summary>A model as the API tells it.</summary>
    public JsonObject Told(string model, bool isWhole)
    {
        var told = new JsonObject
        {
            ["id"] = model,
            ["modality"] = Modality(model),
            ["name"] = model,
            ["description"] = "A model of the catalogue",
            ["price_description"] = models[model]!["described"]!.ToString(),
            ["logo_url"] = null,
        };
        if (isWhole)
        {
            told["input_schema"] = Schema(model);
            told["output_schema"] = new JsonObject { ["type"] = "object" };
        }
        return told;
    }

    /// <summary>Everything that is wrong with an input, each with its field, words and reason.</summary>
    public IEnumerable<(string Field, string Words, string Reason)> Faults(string model, JsonObject input)
    {
        var members = Members(model)!;
        List<(string, string, string)> faults =
        [
            .. members
                .Where(m => m.Value!["required"] is not null && input[m.Key] is null)
                .Select(m => ($"input.{m.Key}", $"input.{m.Key}: Field required", "required")),
        ];
        foreach (var (name, value) in input)
        {
            if (members[name] is not JsonObject member)
            {
                faults.Add(($"input.{name}", $"input.{name}: Extra inputs are not permitted", "extra"));
            }
            else if (member["media"] is null && !Fits(value, member))
            {
                var values = member["values"] as JsonArray;
                var wanted = values is null ? $"a valid {member["type"]}" : string.Join(" or ", values.Select(v => $"'{v}'"));
                faults.Add(($"input.{name}", $"input.{name}: Input should be {wanted}", values is null ? "type" : "enum"));
            }
        }
        if (faults.Count == 0 && Modes(model) is { Count: > 0 } modes && !modes.Any(m => Fits(m, input)))
        {
            faults.Add(("input", $"input: no accepted field combination of '{model}' fits", "mode"));
        }
        return faults;
    }

    private JsonObject Schema(string model)
    {
        var properties = new JsonObject();
        foreach (var (name, member) in Members(model)!)
        {
            properties[name] = member!["media"] is { } media
                ? Media(media.ToString(), (int?)member["many"], (int?)member["or_many"])
                : Plain(member.AsObject());
        }
        var words = $"Model-specific inputs for `{model}`.";
        if (Modes(model) is { Count: > 0 } modes)
        {
            words += "\n\nAccepted field combinations (one per input mode):\n" +
                string.Join('\n', modes.Select((m, i) => $"({i + 1}) {m}"));
        }
        return new JsonObject
        {
            ["description"] = words,
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray(
                [.. Members(model)!.Where(m => m.Value!["required"] is not null).Select(m => (JsonNode)m.Key)]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Plain(JsonObject member)
    {
        var told = new JsonObject { ["type"] = member["type"]!.ToString() };
        foreach (var (ours, theirs) in new[] { ("values", "enum"), ("default", "default"), ("min", "minimum"), ("max", "maximum") })
        {
            if (member[ours] is { } value)
            {
                told[theirs] = value.DeepClone();
            }
        }
        if (told["type"]!.ToString() == "array")
        {
            told["items"] = new JsonObject { ["type"] = "object" };
        }
        return told;
    }

    // One file, a list of them, or either.
    private static JsonObject Media(string kind, int? many, int? orMany)
    {
        JsonObject One() => new()
        {
            ["discriminator"] = new JsonObject { ["propertyName"] = "source" },
            ["oneOf"] = new JsonArray(Reference("url", "url"), Reference("asset", "asset_id")),
        };
        JsonObject List(int most) => new() { ["type"] = "array", ["items"] = One(), ["minItems"] = 1, ["maxItems"] = most };
        var told = many is { } all
            ? List(all)
            : orMany is { } either ? new JsonObject { ["anyOf"] = new JsonArray(One(), List(either)) } : One();
        (told["description"], told["media_type"], told["max_file_size_bytes"]) = ($"A file of type {kind}.", kind, 10_485_760);
        return told;
    }

    private static JsonObject Reference(string source, string member) => new()
    {
        ["additionalProperties"] = false,
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["source"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(source) },
            [member] = new JsonObject { ["type"] = "string" },
        },
        ["required"] = new JsonArray("source", member),
    };

    private List<string> Modes(string model) => [.. (models[model]!["modes"] as JsonArray ?? []).Select(m => m!.ToString())];

    private static bool Fits(string mode, JsonObject input) => mode.Split("; ").All(part => part.Split(": ") switch
    {
        ["requires", var names] => names.Split(", ").All(input.ContainsKey),
        ["must omit", var names] => !names.Split(", ").Any(input.ContainsKey),
        [var what, var values] => input[what.Split(' ')[^1]] is not { } value || values.Split(" | ").Contains(value.ToString()),
        _ => true,
    });

    private static bool Fits(JsonNode? value, JsonObject member)
    {
        var kind = value?.GetValueKind();
        var isType = member["type"]!.ToString() switch
        {
            "integer" => kind == JsonValueKind.Number && (double)value! == Math.Floor((double)value!),
            "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "array" => kind == JsonValueKind.Array,
            _ => kind == JsonValueKind.String && value!.ToString().Trim().Length > 0,
        };
        return isType
            && (member["values"] is not JsonArray values || values.Any(v => JsonNode.DeepEquals(v, value)))
            && (member["min"] is null || (double)value! >= (double)member["min"]!)
            && (member["max"] is null || (double)value! <= (double)member["max"]!);
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Replicate;

/// <summary>The models that are there, each with its versions: a changed schema is a new one.</summary>
public sealed class ReplicateShelf
{
    private readonly JsonObject models = Contract.Read("replicate.json").DeepClone().AsObject();
    private readonly ConcurrentDictionary<string, (string Model, JsonObject Members)> versions = new(StringComparer.Ordinal);

    public ReplicateShelf()
    {
        foreach (var (name, _) in models)
        {
            Shelve(name);
        }
    }

    /// <summary>clip or still.</summary>
    public string Makes(string model) => models[model]!["makes"]!.ToString();

    public bool IsOfficial(string model) => (bool)models[model]!["official"]!;

    /// <summary>The inputs of a model; null: there is no such model.</summary>
    public JsonObject? Members(string model) => models[model]?["input"] as JsonObject;

    /// <summary>The model and the inputs of a version, by its id or as owner/name:id; null: there is no such version.</summary>
    public (string Model, JsonObject Members)? Version(string version) =>
        versions.TryGetValue(version[(version.IndexOf(':', StringComparison.Ordinal) + 1)..], out var known) ? known : null;

    /// <summary>Names an input otherwise, as a new version may.</summary>
    public void Rename(string model, string from, string to)
    {
        var changed = new JsonObject();
        foreach (var (name, member) in Members(model)!)
        {
            changed[name == from ? to : name] = member!.DeepClone();
        }
        models[model]!["input"] = changed;
        Shelve(model);
    }

    /// <summary>Changes what an input may be.</summary>
    public void Allow(string model, string name, JsonArray values)
    {
        models[model]!["input"]![name]!["values"] = values.DeepClone();
        Shelve(model);
    }

    /// <summary>A model as the API tells it.</summary>
    public JsonObject Told(string model, string origin)
    {
        var (owner, name) = (model.Split('/')[0], model.Split('/')[1]);
        return new JsonObject
        {
            ["url"] = $"https://replicate.com/{model}",
            ["owner"] = owner,
            ["name"] = name,
            ["description"] = $"A model of {owner}",
            ["visibility"] = "public",
            ["is_official"] = IsOfficial(model),
            ["run_count"] = 7,
            ["default_example"] = new JsonObject
            {
                ["output"] = $"{origin}/replicate/results/example/0/out.{(Makes(model) == "clip" ? "mp4" : "png")}",
            },
            ["latest_version"] = ToldVersion(IdOf(model, Members(model)!)),
        };
    }

    /// <summary>A version as the API tells it: a choice stands apart and is referred to, as Cog writes it.</summary>
    public JsonObject ToldVersion(string id)
    {
        var members = versions[id].Members;
        var schemas = new JsonObject();
        var properties = new JsonObject();
        foreach (var (name, member) in members)
        {
            var told = new JsonObject { ["title"] = name, ["x-order"] = properties.Count };
            if (member!["values"] is JsonArray values)
            {
                schemas[name] = new JsonObject { ["enum"] = values.DeepClone(), ["type"] = member["type"]!.ToString(), ["title"] = name };
                told["allOf"] = new JsonArray(new JsonObject { ["$ref"] = $"#/components/schemas/{name}" });
            }
            else if (member["type"]!.ToString() == "array")
            {
                (told["type"], told["items"]) = ("array", new JsonObject { ["type"] = "string", ["format"] = "uri" });
            }
            else
            {
                told["type"] = member["type"]!.ToString();
            }
            foreach (var (ours, theirs) in new[] { ("default", "default"), ("min", "minimum"), ("max", "maximum") })
            {
                if (member[ours] is { } value)
                {
                    told[theirs] = value.DeepClone();
                }
            }
            if (member["uri"] is not null && member["type"]!.ToString() == "string")
            {
                told["format"] = "uri";
            }
            properties[name] = told;
        }
        schemas["Input"] = new JsonObject
        {
            ["type"] = "object",
            ["title"] = "Input",
            ["required"] = new JsonArray([.. members.Where(m => m.Value!["required"] is not null).Select(m => (JsonNode)m.Key)]),
            ["properties"] = properties,
        };
        schemas["Output"] = new JsonObject { ["type"] = "string", ["format"] = "uri", ["title"] = "Output" };
        return new JsonObject
        {
            ["id"] = id,
            ["created_at"] = "2026-11-01T00:00:00.000Z",
            ["cog_version"] = "0.16.0",
            ["openapi_schema"] = new JsonObject { ["components"] = new JsonObject { ["schemas"] = schemas } },
        };
    }

    private void Shelve(string model)
    {
        var members = Members(model)!.DeepClone().AsObject();
        versions[IdOf(model, members)] = (model, members);
    }

    private static string IdOf(string model, JsonObject members) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(model + members.ToJsonString())));
}

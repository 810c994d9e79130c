using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Structured;

/// <summary>
/// Schemas of answers, exported from their records. They are open: a record that is not the subject of a tool is declared by its core, and
/// what else stands in it is declared by the tool whose subject it is.
/// </summary>
internal static class AnswerSchemas
{
    /// <summary>What tools that make things answer.</summary>
    public static JsonElement Work() => Of<WorkAnswer>();

    /// <summary>What check_job answers: jobs and batches are its subject.</summary>
    public static JsonElement WorkInFull() =>
        Of<WorkAnswer>(typeof(WorkAnswer), typeof(JobContent), typeof(BatchContent), typeof(ErrorContent));

    /// <summary>What find_assets answers: assets are its subject.</summary>
    public static JsonElement Assets() => Of<AssetsAnswer>(typeof(AssetContent));

    /// <summary>What save_element answers.</summary>
    public static JsonElement Element() => Of<ElementAnswer>();

    /// <summary>What organize_assets answers.</summary>
    public static JsonElement Organized() => Of<OrganizedAnswer>();

    /// <summary>What list_models answers.</summary>
    public static JsonElement Models() => Of<ModelsAnswer>();

    private static JsonElement Of<T>(params Type[] subjects)
    {
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (node, schema) => Plain(node, schema, subjects),
        };
        var exported = JsonSchemaExporter.GetJsonSchemaAsNode(AnswerJson.Default.GetTypeInfo(typeof(T))!, options);
        return JsonElement.Parse(exported.ToJsonString());
    }

    // What is null is not written, so nothing is said to be null or required; texts have a converter, of which the exporter knows nothing.
    private static JsonNode Plain(JsonSchemaExporterContext node, JsonNode schema, Type[] subjects)
    {
        if (node.TypeInfo.Type == typeof(string))
        {
            return new JsonObject { ["type"] = "string" };
        }
        if (schema is not JsonObject declared)
        {
            return new JsonObject();
        }
        if (declared["type"] is JsonArray types)
        {
            declared["type"] = types[0]!.DeepClone();
        }
        if (node.TypeInfo.ElementType == typeof(string))
        {
            declared["items"] = new JsonObject { ["type"] = "string" };
        }
        declared.Remove("required");
        declared.Remove("default");
        if (!subjects.Contains(node.TypeInfo.Type))
        {
            KeepCore(node.TypeInfo.Properties, declared);
        }
        return declared;
    }

    private static void KeepCore(IList<JsonPropertyInfo> members, JsonObject declared)
    {
        var core = members.Where(m => m.AttributeProvider!.IsDefined(typeof(CoreAttribute), inherit: false)).Select(m => m.Name).ToList();
        foreach (var name in members.Select(m => m.Name).Where(n => core.Count > 0 && !core.Contains(n)))
        {
            declared["properties"]!.AsObject().Remove(name);
        }
    }
}

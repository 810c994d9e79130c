using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Vertex;

/// <summary>An order as Veo takes it: one instance with its pictures, and parameters, among which the options stand too.</summary>
internal static class VertexBody
{
    /// <summary>The request's body.</summary>
    /// <param name="order">The order.</param>
    /// <param name="named">What stands for an input.</param>
    /// <param name="folder">Where the result is delivered to; null: inside the answer.</param>
    public static JsonObject Of(GenerationOrder order, Func<OrderInput, JsonObject> named, string? folder)
    {
        var body = JsonWire.Body(order, named);
        var parameters = body["parameters"]!.AsObject();
        foreach (var (name, value) in order.Options)
        {
            body.Remove(name);
            parameters[name] = value?.DeepClone();
        }
        foreach (var reference in (body["instances"]?[0]?["referenceImages"] as JsonArray ?? []).OfType<JsonObject>())
        {
            reference["referenceType"] = "asset";
        }
        if (folder is not null)
        {
            parameters["storageUri"] = folder;
        }
        return body;
    }

    /// <summary>An input that lies in Cloud Storage.</summary>
    public static JsonObject Stored(OrderInput input, string address) => new()
    {
        ["gcsUri"] = address,
        ["mimeType"] = input.Format.MimeType,
    };

    /// <summary>An input that travels inside the request.</summary>
    public static JsonObject Inline(OrderInput input, InlineFiles files) => new()
    {
        ["bytesBase64Encoded"] = files.Mark(input),
        ["mimeType"] = input.Format.MimeType,
    };
}

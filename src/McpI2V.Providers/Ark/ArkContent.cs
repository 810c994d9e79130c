using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Ark;

/// <summary>
/// What a clip is made of, as Ark's list of items with roles: frames, or references with a clip that is edited. The two exclude one
/// another.
/// </summary>
internal static class ArkContent
{
    /// <summary>The list.</summary>
    /// <param name="order">The order.</param>
    /// <param name="address">What stands for a file.</param>
    public static JsonArray Of(GenerationOrder order, Func<OrderInput, JsonNode> address)
    {
        var content = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = Prompt(order) });
        Add("image_url", "first_frame", order.Image);
        Add("image_url", "last_frame", order.EndImage);
        Add("video_url", "reference_video", order.Clip);
        foreach (var reference in order.References)
        {
            Add("image_url", "reference_image", reference);
        }
        return content;

        void Add(string type, string role, OrderInput? input)
        {
            if (input is not null)
            {
                JsonNode item = new JsonObject
                {
                    ["type"] = type,
                    [type] = new JsonObject { ["url"] = address(input) },
                    ["role"] = role,
                };
                content.Add(item);
            }
        }
    }

    // Inputs are named to the model by kind and order (the vendor's skill, 2026-09); a prompt that names them itself stays as it is.
    private static string Prompt(GenerationOrder order) =>
        order.Clip is null || order.Prompt.Contains("Video 1", StringComparison.OrdinalIgnoreCase)
            ? order.Prompt
            : $"Edit Video 1: {order.Prompt}";
}

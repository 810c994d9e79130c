using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Simulation;

/// <summary>JSON answers.</summary>
public static class Reply
{
    public static IResult Json(JsonNode body, int status = 200) =>
        Microsoft.AspNetCore.Http.Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    /// <summary>The body as JSON; null if it is none.</summary>
    public static async Task<JsonObject?> BodyAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}

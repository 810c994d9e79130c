using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Gemini;

/// <summary>Google's Gemini API: models, generateContent for stills, the Files API, interactions for clips (@google/genai 3.1.0).</summary>
public static class GeminiSimulator
{
    public static readonly SimulatedProvider Provider = new("Gemini", "GEMINI_API_KEY", Map);

    /// <summary>The vendor's name here.</summary>
    public const string Vendor = "gemini";

    /// <summary>The models that are served.</summary>
    public static readonly string[] Stills = ["gemini-nano-banana-2.1", "gemini-3.1-flash-lite-image", "gemini-3-pro-image"];

    /// <summary>The models that are served.</summary>
    public static readonly string[] Clips = ["gemini-omni-1.2-flash", "gemini-omni-1.1-flash"];

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SimOptions>();
        var book = app.Services.GetRequiredService<ProviderSet>().Book(Vendor);
        var uploads = app.Services.GetRequiredService<Uploads>();
        var renderer = app.Services.GetRequiredService<ResultRenderer>();
        app
            .MapGet(
                "/gemini/{version}/models",
                (HttpContext c) => Refuse(c, options)
                    ?? Reply.Json(new JsonObject
                    {
                        ["models"] = new JsonArray(
                            [.. Stills.Concat(Clips).Select(m => (JsonNode)new JsonObject { ["name"] = "models/" + m })]),
                    }))
            .WithMetadata(new Step(Vendor, "key"));
        app.MapGeminiFiles(options, uploads, book);
        app.MapGeminiStills(options, book, uploads, renderer);
        app.MapInteractions(options, book, uploads);
    }

    /// <summary>The refusal of a wrong key; null if it is right.</summary>
    public static IResult? Refuse(HttpContext context, SimOptions options)
    {
        if (context.Request.Headers["x-goog-api-key"] == options.Key)
        {
            return null;
        }
        JsonNode detail = new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
            ["reason"] = "API_KEY_INVALID",
            ["domain"] = "googleapis.com",
        };
        return Reply.Json(
            new JsonObject { ["error"] = new JsonObject
            {
                ["code"] = 400,
                ["message"] = "API key not valid. Please pass a valid API key.",
                ["status"] = "INVALID_ARGUMENT",
                ["details"] = new JsonArray(detail),
            } },
            400);
    }

    /// <summary>An error body.</summary>
    public static IResult Error(int status, string name, string words) =>
        Reply.Json(new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = words, ["status"] = name } }, status);
}

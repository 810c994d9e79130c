using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.ElevenLabs;

/// <summary>ElevenLabs' API (@elevenlabs/elevenlabs-js 2.73.0): the account, its voices, its assets; sounds and flows beside it.</summary>
public static class ElevenLabsSimulator
{
    public static readonly SimulatedProvider Provider = new("ElevenLabs", "ELEVENLABS_API_KEY", Map);

    internal const string Vendor = "elevenlabs";

    // The vendor's own voices are called so; the last is one of the account's.
    private static readonly (string Id, string Name)[] Voices =
    [
        ("JBFqnCBsd6RMkjVDRZzb", "George - Warm, Captivating Storyteller"),
        ("21m00Tcm4TlvDq8ikWAM", "Rachel"),
        ("EXAVITQu4vr4xnSDxMaL", "Sarah - Mature, Reassuring, Confident"),
        ("aNna0000000000000001", "Anna of our shop"),
    ];

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SimOptions>();
        var book = app.Services.GetRequiredService<ProviderSet>().Book(Vendor);
        var uploads = app.Services.GetRequiredService<Uploads>();
        var renderer = app.Services.GetRequiredService<ResultRenderer>();
        app.MapGet("/elevenlabs/v1/user/subscription", (HttpContext c) => Refuse(c, options) ?? Account(book))
            .WithMetadata(new Step(Vendor, "key"));
        app.MapGet("/elevenlabs/v2/voices", (HttpContext c) => Refuse(c, options) ?? Listed(c.Request.Query))
            .WithMetadata(new Step(Vendor, "voices"));
        app.MapPost("/elevenlabs/v1/assets", async (HttpContext c) => Refuse(c, options) ?? await KeepAsync(c, uploads))
            .WithMetadata(new Step(Vendor, "upload"))
            .DisableAntiforgery();
        app.MapElevenLabsSounds(options, book, renderer);
        app.MapElevenLabsSpeech(options, book, renderer);
        app.MapElevenLabsFlows(options, book, uploads);
        app.MapResults(Vendor, "/elevenlabs/results/{id}/{index}", c => book.Find((string)c.GetRouteValue("id")!));
    }

    internal static bool HasVoice(string id) => Voices.Any(v => v.Id == id);

    internal static IResult? Refuse(HttpContext context, SimOptions options) => context.Request.Headers["xi-api-key"] == options.Key
        ? null
        : Error(401, "authentication_error", "invalid_api_key", "Invalid API key");

    /// <summary>A refusal as it is documented.</summary>
    internal static IResult Error(int status, string type, string code, string message, string? param = null) => Reply.Json(
        new JsonObject
        {
            ["detail"] = new JsonObject
            {
                ["type"] = type,
                ["code"] = code,
                ["message"] = message,
                ["request_id"] = Guid.NewGuid().ToString("N"),
                ["param"] = param,
                ["status"] = code,
            },
        },
        status);

    /// <summary>A body of the wrong shape.</summary>
    internal static IResult Shapeless(string member, string words)
    {
        JsonNode fault = new JsonObject { ["loc"] = new JsonArray("body", member), ["msg"] = words, ["type"] = "value_error" };
        return Reply.Json(new JsonObject { ["detail"] = new JsonArray(fault) }, 422);
    }

    /// <summary>A task of the book.</summary>
    internal static SimTask Task(TaskBook book, string model, RenderSpec spec, decimal usd) => book.Take(new SimTask
    {
        Id = Guid.NewGuid().ToString("N")[..20],
        Vendor = Vendor,
        Model = model,
        Spec = spec,
        Usd = usd,
        SubmittedAt = TimeProvider.System.GetUtcNow(),
    });

    private static IResult Account(TaskBook book) => Reply.Json(new JsonObject
    {
        ["tier"] = "pro",
        ["character_count"] = 1000 + book.All.Sum(t => t.Notes.GetValueOrDefault("text")?.Length ?? 0),
        ["character_limit"] = 500_000,
        ["max_credit_limit_extension"] = "unlimited",
        ["can_extend_character_limit"] = true,
        ["allowed_to_extend_character_limit"] = true,
        ["next_character_count_reset_unix"] = 1_798_761_600,
        ["voice_slots_used"] = 1,
        ["professional_voice_slots_used"] = 0,
        ["professional_voice_slots_used_in_workspace"] = 0,
        ["voice_limit"] = 160,
        ["voice_add_edit_counter"] = 0,
        ["professional_voice_limit"] = 1,
        ["can_extend_voice_limit"] = false,
        ["can_use_instant_voice_cloning"] = true,
        ["can_use_professional_voice_cloning"] = true,
        ["current_overage"] = new JsonObject { ["amount"] = "0", ["currency"] = "usd" },
        ["status"] = "active",
        ["open_invoices"] = new JsonArray(),
        ["has_open_invoices"] = false,
    });

    private static IResult Listed(IQueryCollection query)
    {
        var search = query["search"].ToString();
        var among = query["voice_type"] == "non-default" ? Voices[^1..] : Voices;
        var found = among.Where(v => search.Length == 0 || v.Name.Contains(search, StringComparison.OrdinalIgnoreCase)).ToList();
        return Reply.Json(new JsonObject
        {
            ["voices"] = new JsonArray([.. found.Select(v => (JsonNode)new JsonObject { ["voice_id"] = v.Id, ["name"] = v.Name })]),
            ["has_more"] = false,
            ["total_count"] = found.Count,
        });
    }

    private static async Task<IResult> KeepAsync(HttpContext context, Uploads uploads)
    {
        var form = await context.Request.ReadFormAsync();
        if (form.Files["asset"] is not { } file || form["name"].ToString() is not { Length: > 0 } name)
        {
            return Shapeless(form.Files["asset"] is null ? "asset" : "name", "Field required");
        }
        var id = Guid.NewGuid().ToString("N")[..20];
        await using var bytes = file.OpenReadStream();
        await uploads.KeepAsync(id, bytes, file.FileName);
        return Reply.Json(new JsonObject
        {
            ["asset_id"] = id,
            ["name"] = name,
            ["mime_type"] = file.ContentType,
            ["created_at_unix"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            ["content_url"] = null,
        });
    }
}

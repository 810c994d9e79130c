using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Webhooks;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>
/// ElevenLabs' webhooks: <c>ElevenLabs-Signature: t=seconds,v0=hex</c>, HMAC-SHA256 over the time, a point and the body as it came, by the
/// secret that the workspace showed once (2.73.0, wrapper/webhooks.js; the header's name: docs).
/// </summary>
internal sealed class ElevenLabsWebhooks(Secret secret, TimeProvider time) : IWebhookReader
{
    private const string Scheme = "v0=";

    // The SDK refuses what is older, and takes any time to come: a clock that is ahead by more is none here.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public string Provider => "elevenlabs";

    /// <inheritdoc/>
    public Task<string> TaskOfAsync(
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        var parts = (headers.GetValueOrDefault("elevenlabs-signature") ?? "").Split(',', StringSplitOptions.TrimEntries);
        var sent = parts.FirstOrDefault(p => p.StartsWith("t=", StringComparison.Ordinal))?[2..];
        WebhookRules.RequireRecent(body, sent, Tolerance, "thirty minutes", time);
        byte[] message = [.. Encoding.UTF8.GetBytes(sent + "."), .. body.Span];
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), message);
        var wanted = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(signed));
        if (!parts.Any(p => p.StartsWith(Scheme, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(p[Scheme.Length..]), wanted)))
        {
            throw WebhookRules.Refused("elevenlabs did not sign it with I2V__Providers__ElevenLabs__WebhookSecret");
        }
        return Task.FromResult(TaskIn(LenientJson.Read(body.ToArray())) ?? throw WebhookRules.Refused("it names no task"));
    }

    // What is sent is the answer to the last look, alone or as the data of an event; a dub goes by a name of its own.
    private static string? TaskIn(JsonObject? message) =>
        new[] { message, message?["data"] as JsonObject }
            .Select(m => (m?["id"] ?? m?["dubbing_id"])?.ToString())
            .FirstOrDefault(id => id is { Length: > 0 });
}

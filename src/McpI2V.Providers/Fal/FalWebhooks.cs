using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;
using McpI2V.Providers.Webhooks;

namespace McpI2V.Providers.Fal;

/// <summary>
/// fal's webhooks: signed with Ed25519 over id, user, time and the body's hash, a line each, by one of the keys that fal
/// publishes (fal.ai docs, webhooks: X-Fal-Webhook-Request-Id, -User-Id, -Timestamp, -Signature; 2026-11).
/// </summary>
internal sealed class FalWebhooks : IWebhookReader, IDisposable
{
    private static readonly Uri Rest = new("https://rest.fal.ai");
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private const int MostKeys = 10;
    private readonly ProviderHttp http;
    private readonly TimeProvider time;
    private readonly PublishedKey<byte[][]> published;

    /// <summary>A reader that asks fal for its keys.</summary>
    public FalWebhooks(ProviderHttp http, TimeProvider time)
    {
        (this.http, this.time) = (http, time);
        published = new PublishedKey<byte[][]>(KeysAsync, "fal's keys", time);
    }

    /// <inheritdoc/>
    public string Provider => "fal";

    /// <inheritdoc/>
    public async Task<string> TaskOfAsync(
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        var (id, user, sent, signature) = (Header(headers, "request-id"), Header(headers, "user-id"), Header(headers, "timestamp"), Header(
            headers,
            "signature"));
        WebhookRules.RequireRecent(body, sent, Tolerance, "five minutes", time);
        var message = Encoding.UTF8.GetBytes($"{id}\n{user}\n{sent}\n{Convert.ToHexStringLower(SHA256.HashData(body.Span))}");
        var isFals = signature.Length == 128
            && signature.All(char.IsAsciiHexDigit)
            && await published.FitsAsync(
                keys => keys.Any(k => Ed25519.IsSigned(k, message, Convert.FromHexString(signature))),
                cancellationToken);
        if (!isFals)
        {
            throw WebhookRules.Refused("fal did not sign it");
        }
        // The id in the signed body is what was made; the header's is the delivery's.
        return TaskIn(body) ?? id;
    }

    /// <inheritdoc/>
    public void Dispose() => published.Dispose();

    private async Task<byte[][]> KeysAsync(CancellationToken cancellationToken)
    {
        var answer = await http.AskAsync(
            () => new HttpRequestMessage(HttpMethod.Get, http.At(".well-known/jwks.json", Rest)),
            a => a.IsSuccess && a.Json is not null ? null : HttpFaults.NotJson("fal", a),
            cancellationToken);
        return [.. (answer.Json!["keys"] as JsonArray ?? [])
            .Take(MostKeys)
            .Select(k => Key(k?["x"]?.ToString()))
            .OfType<byte[]>()];
    }

    private static byte[]? Key(string? base64Url)
    {
        try
        {
            var text = (base64Url ?? "").Replace('-', '+').Replace('_', '/');
            var key = Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
            return key.Length == 32 ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? TaskIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span)?["request_id"]?.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Header(IReadOnlyDictionary<string, string> headers, string name) =>
        headers.GetValueOrDefault("x-fal-webhook-" + name) ?? "";
}

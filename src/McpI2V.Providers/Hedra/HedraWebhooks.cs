using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;
using McpI2V.Providers.Webhooks;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// Hedra's webhooks: signed with Ed25519 over time, id, event, redelivery and the body's hash, a line each, by the key of
/// <c>GET webhooks/public-key</c> (OpenAPI document 3.9.0, webhooks).
/// </summary>
internal sealed class HedraWebhooks : IWebhookReader, IDisposable
{
    private const int KeyBytes = 32;
    private const int SignatureLetters = 128;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private readonly ProviderHttp http;
    private readonly HedraErrors errors;
    private readonly TimeProvider time;
    private readonly PublishedKey<byte[]> published;

    /// <summary>A reader that asks Hedra for its key.</summary>
    public HedraWebhooks(ProviderHttp http, HedraErrors errors, TimeProvider time)
    {
        (this.http, this.errors, this.time) = (http, errors, time);
        published = new PublishedKey<byte[]>(KeyAsync, "hedra's key", time);
    }

    /// <inheritdoc/>
    public string Provider => "hedra";

    /// <inheritdoc/>
    public async Task<string> TaskOfAsync(
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        string Header(string name) => headers.GetValueOrDefault("x-hedra-webhook-" + name) ?? "";
        var (id, sent, signature) = (Header("id"), Header("timestamp"), Header("signature"));
        WebhookRules.RequireRecent(body, sent, Tolerance, "five minutes", time);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        var message = Encoding.UTF8.GetBytes($"{sent}\n{id}\n{Header("event")}\n{Header("redelivery")}\n{hash}");
        var isHedras = signature.Length == SignatureLetters
            && signature.All(char.IsAsciiHexDigit)
            && await published.FitsAsync(key => Ed25519.IsSigned(key, message, Convert.FromHexString(signature)), cancellationToken);
        if (!isHedras)
        {
            throw WebhookRules.Refused("hedra did not sign it");
        }
        return LenientJson.Read(body.ToArray())?["job_id"] is JsonValue job
            ? job.ToString()
            : throw WebhookRules.Refused("it names no job");
    }

    /// <inheritdoc/>
    public void Dispose() => published.Dispose();

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At("webhooks/public-key")),
            errors.Judge,
            cancellationToken);
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(answer.Json?["public_key"]?.ToString() ?? "", key, out var length) && length == KeyBytes
            ? key
            : throw WebhookRules.Refused("hedra tells no key that they could be signed with");
    }
}

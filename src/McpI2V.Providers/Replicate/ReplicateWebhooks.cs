using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;
using McpI2V.Providers.Webhooks;

namespace McpI2V.Providers.Replicate;

/// <summary>
/// Replicate's webhooks, as Standard Webhooks sign them: HMAC-SHA256 over id, time and body with the account's secret. The vendor's own
/// check takes no notice of the time (`replicate` 1.4.0, util.js); ours does.
/// </summary>
internal sealed class ReplicateWebhooks : IWebhookReader, IDisposable
{
    private const int MostSignatures = 10;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private readonly ProviderHttp http;
    private readonly ReplicateErrors errors;
    private readonly TimeProvider time;
    private readonly PublishedKey<byte[]> published;

    /// <summary>A reader that asks Replicate for the account's secret.</summary>
    public ReplicateWebhooks(ProviderHttp http, ReplicateErrors errors, TimeProvider time)
    {
        (this.http, this.errors, this.time) = (http, errors, time);
        published = new PublishedKey<byte[]>(SecretAsync, "replicate's secret", time);
    }

    /// <inheritdoc/>
    public string Provider => "replicate";

    /// <inheritdoc/>
    public async Task<string> TaskOfAsync(
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        var (id, sent) = (headers.GetValueOrDefault("webhook-id") ?? "", headers.GetValueOrDefault("webhook-timestamp") ?? "");
        WebhookRules.RequireRecent(body, sent, Tolerance, "five minutes", time);
        byte[] message = [.. Encoding.UTF8.GetBytes($"{id}.{sent}."), .. body.Span];
        var signatures = Signatures(headers);
        if (signatures.Count == 0
            || !await published.FitsAsync(
                secret => signatures.Any(s => CryptographicOperations.FixedTimeEquals(s, HMACSHA256.HashData(secret, message))),
                cancellationToken))
        {
            throw WebhookRules.Refused("replicate did not sign it");
        }
        return TaskIn(body) ?? throw WebhookRules.Refused("it names no prediction");
    }

    /// <inheritdoc/>
    public void Dispose() => published.Dispose();

    private async Task<byte[]> SecretAsync(CancellationToken cancellationToken)
    {
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At("webhooks/default/secret")),
            errors.Judge,
            cancellationToken);
        return Bytes(answer.Json?["key"]?.ToString().Split('_')[^1])
            ?? throw WebhookRules.Refused("replicate tells no secret that they could be signed with");
    }

    private static List<byte[]> Signatures(IReadOnlyDictionary<string, string> headers) =>
    [
        .. (headers.GetValueOrDefault("webhook-signature") ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Take(MostSignatures)
            .Where(s => s.StartsWith("v1,", StringComparison.Ordinal))
            .Select(s => Bytes(s[3..]))
            .OfType<byte[]>(),
    ];

    private static byte[]? Bytes(string? base64)
    {
        var bytes = new byte[(base64 ?? "").Length];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    private static string? TaskIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) is JsonObject prediction && prediction["id"] is JsonValue id ? id.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

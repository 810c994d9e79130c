using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Replicate;

/// <summary>
/// Replicate's webhooks, as Standard Webhooks sign them: HMAC-SHA256 over id, time and body with the account's secret. The vendor's own
/// check takes no notice of the time (`replicate` 1.4.0, util.js); ours does.
/// </summary>
internal sealed class ReplicateWebhooks(ProviderHttp http, ReplicateErrors errors, TimeProvider time) : IWebhookReader, IDisposable
{
    private const int LongestBody = 2_000_000;
    private const int MostSignatures = 10;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SecretLives = TimeSpan.FromHours(24);
    private static readonly TimeSpan AskAtMostEvery = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim gate = new(1);
    private (long At, byte[] Secret)? known;

    /// <inheritdoc/>
    public string Provider => "replicate";

    /// <inheritdoc/>
    public async Task<string> TaskOfAsync(
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        var (id, sent) = (headers.GetValueOrDefault("webhook-id") ?? "", headers.GetValueOrDefault("webhook-timestamp") ?? "");
        if (body.Length > LongestBody
            || !long.TryParse(sent, CultureInfo.InvariantCulture, out var seconds)
            || (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253_402_300_799))).Duration() > Tolerance)
        {
            throw Refused("it was not sent within the last five minutes; check this machine's clock if that is wrong");
        }
        byte[] message = [.. Encoding.UTF8.GetBytes($"{id}.{sent}."), .. body.Span];
        if (!await IsSignedAsync(Signatures(headers), message, cancellationToken))
        {
            throw Refused("replicate did not sign it");
        }
        return TaskIn(body) ?? throw Refused("it names no prediction");
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    // With the secret that is known; with a new one, asked for now and then, if it does not fit.
    private async Task<bool> IsSignedAsync(List<byte[]> signatures, byte[] message, CancellationToken cancellationToken)
    {
        bool Fits(byte[] secret) =>
            signatures.Any(s => CryptographicOperations.FixedTimeEquals(s, HMACSHA256.HashData(secret, message)));

        return signatures.Count > 0
            && (Fits(await SecretAsync(SecretLives, cancellationToken)) || Fits(await SecretAsync(AskAtMostEvery, cancellationToken)));
    }

    private async Task<byte[]> SecretAsync(TimeSpan atMostAsOldAs, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (known is var (at, secret) && time.GetElapsedTime(at) < atMostAsOldAs)
            {
                return secret;
            }
            var answer = await http.AskAsync(
                () =>
                {
                    var request = new HttpRequestMessage(HttpMethod.Get, http.At("webhooks/default/secret"));
                    http.Authorize(request);
                    return request;
                },
                errors.Judge,
                cancellationToken);
            var fresh = Bytes(answer.Json?["key"]?.ToString().Split('_')[^1])
                ?? throw Refused("replicate tells no secret that they could be signed with");
            known = (time.GetTimestamp(), fresh);
            return fresh;
        }
        catch (ProviderException e)
        {
            throw Refused($"replicate's secret can't be had now ({e.Message})");
        }
        finally
        {
            gate.Release();
        }
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

    private static I2VException Refused(string why) => new(ErrorCode.InputForbidden, $"The webhook was refused: {why}.");
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>
/// fal's webhooks: signed with Ed25519 over id, user, time and the body's hash, a line each, by one of the keys that fal
/// publishes (fal.ai docs, webhooks: X-Fal-Webhook-Request-Id, -User-Id, -Timestamp, -Signature; 2026-11).
/// </summary>
internal sealed class FalWebhooks(ProviderHttp http, TimeProvider time) : IWebhookReader, IDisposable
{
    private static readonly Uri Rest = new("https://rest.fal.ai");
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan KeysLive = TimeSpan.FromHours(24);
    private static readonly TimeSpan AskAtMostEvery = TimeSpan.FromMinutes(1);
    private const int MostKeys = 10;
    private const int LongestBody = 2_000_000;
    private readonly SemaphoreSlim gate = new(1);
    private (long At, byte[][] Keys)? known;

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
        if (body.Length > LongestBody
            || !long.TryParse(sent, CultureInfo.InvariantCulture, out var seconds)
            || (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253_402_300_799))).Duration() > Tolerance)
        {
            throw Refused("it was not sent within the last five minutes; check this machine's clock if that is wrong");
        }
        var message = Encoding.UTF8.GetBytes($"{id}\n{user}\n{sent}\n{Convert.ToHexStringLower(SHA256.HashData(body.Span))}");
        var isFals = signature.Length == 128
            && signature.All(char.IsAsciiHexDigit)
            && await IsSignedAsync(Convert.FromHexString(signature), message, cancellationToken);
        if (!isFals)
        {
            throw Refused("fal did not sign it");
        }
        // The id in the signed body is what was made; the header's is the delivery's.
        return TaskIn(body) ?? id;
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    // With the keys that are known; with new ones, asked for now and then, if none of them fits.
    private async Task<bool> IsSignedAsync(byte[] signature, byte[] message, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(KeysLive, cancellationToken);
        return keys.Any(k => Ed25519.IsSigned(k, message, signature))
            || (await KeysAsync(AskAtMostEvery, cancellationToken)).Any(k => Ed25519.IsSigned(k, message, signature));
    }

    private async Task<byte[][]> KeysAsync(TimeSpan atMostAsOldAs, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (known is var (at, keys) && time.GetElapsedTime(at) < atMostAsOldAs)
            {
                return keys;
            }
            var answer = await http.AskAsync(
                () => new HttpRequestMessage(HttpMethod.Get, http.At(".well-known/jwks.json", Rest)),
                a => a.IsSuccess && a.Json is not null ? null : HttpFaults.NotJson("fal", a),
                cancellationToken);
            byte[][] fresh = [.. (answer.Json!["keys"] as JsonArray ?? [])
                .Take(MostKeys)
                .Select(k => Key(k?["x"]?.ToString()))
                .OfType<byte[]>()];
            known = (time.GetTimestamp(), fresh);
            return fresh;
        }
        catch (ProviderException e)
        {
            throw Refused($"fal's keys can't be had now ({e.Message})");
        }
        finally
        {
            gate.Release();
        }
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

    private static I2VException Refused(string why) => new(ErrorCode.InputForbidden, $"The webhook was refused: {why}.");
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Webhooks;

namespace McpI2V.Providers.Vidu;

/// <summary>
/// Vidu's callbacks, signed by HMAC-SHA256 with the API key that made the task: over method, path, query, the name <c>vidu</c>, the date,
/// and the headers that it names (platform.vidu.com, callback signature). The body is not signed: it tells which task to look at, no more.
/// </summary>
/// <param name="key">The API key.</param>
/// <param name="address">Where the callbacks go.</param>
/// <param name="time">This machine's clock.</param>
internal sealed class ViduWebhooks(Secret key, Uri address, TimeProvider time) : IWebhookReader
{
    private const string AccessKey = "vidu";
    private const int MostHeaders = 20;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Provider => "vidu";

    /// <inheritdoc/>
    public Task<string> TaskOfAsync(
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        string Header(string name) => headers.GetValueOrDefault(name.ToLowerInvariant()) ?? "";
        var date = Header("date");
        WebhookRules.RequireRecent(body, Seconds(date), Tolerance, "five minutes", time);
        var names = Header("x-hmac-signed-headers").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var signed = string.Concat(names.Take(MostHeaders).Select(n => $"{n}:{Header(n)}\n"));
        var message = $"POST\n{address.AbsolutePath}\n{address.Query.TrimStart('?')}\n{AccessKey}\n{date}\n{signed}";
        var ours = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()), Encoding.UTF8.GetBytes(message));
        var theirs = new byte[ours.Length];
        if (!Header("x-hmac-algorithm").Equals("hmac-sha256", StringComparison.OrdinalIgnoreCase)
            || Header("x-hmac-access-key") != AccessKey
            || !Convert.TryFromBase64String(Header("x-hmac-signature"), theirs, out var length)
            || length != ours.Length
            || !CryptographicOperations.FixedTimeEquals(theirs, ours))
        {
            throw WebhookRules.Refused("vidu did not sign it");
        }
        return LenientJson.Read(body.ToArray()) is { } task && ViduTask.IdOf(task) is { } id
            ? Task.FromResult(id)
            : throw WebhookRules.Refused("it names no task");
    }

    private static string? Seconds(string date) =>
        DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent)
            ? sent.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
            : null;
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Hedra;

/// <summary>Sends word of what has ended, signed as Hedra signs: time, id, event, redelivery and the body's hash, a line each.</summary>
public static class HedraWord
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The key that it is checked with.</summary>
    public static string PublicKey { get; } = Convert.ToBase64String(Ed25519Signer.PublicKey(Secret));

    /// <summary>One delivery; its status, or null where nobody is there.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="job">What is told: a result without its cost.</param>
    /// <param name="late">How long ago it was signed.</param>
    public static async Task<int?> SendAsync(string address, JsonObject job, TimeSpan late = default)
    {
        var (id, body) = (job["job_id"]!.ToString(), job.ToJsonString());
        var sent = (TimeProvider.System.GetUtcNow() - late).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var @event = job["status"]?.ToString() == "FAILED" ? "job.failed" : "job.completed";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        (string, string)[] headers =
            [("Id", id), ("Timestamp", sent), ("Event", @event), ("Redelivery", "false"), ("Attempt", "1")];
        foreach (var (name, value) in headers)
        {
            request.Headers.Add("X-Hedra-Webhook-" + name, value);
        }
        var signature = Ed25519Signer.Sign(Secret, Encoding.UTF8.GetBytes($"{sent}\n{id}\n{@event}\nfalse\n{hash}"));
        request.Headers.Add("X-Hedra-Webhook-Signature", Convert.ToHexStringLower(signature));
        try
        {
            using var answer = await Http.SendAsync(request);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}

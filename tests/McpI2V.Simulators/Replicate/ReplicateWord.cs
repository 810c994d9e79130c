using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Replicate;

/// <summary>Sends word of what has ended, signed as Standard Webhooks say.</summary>
public static class ReplicateWord
{
    /// <summary>The account's secret, as the API tells it.</summary>
    public static readonly string Secret = "whsec_" + Convert.ToBase64String("a secret of the simulated Replicate"u8);

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>One delivery; its status, or null where nobody is there.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="prediction">What is told.</param>
    /// <param name="late">How long ago it was signed.</param>
    public static async Task<int?> SendAsync(string address, JsonObject prediction, TimeSpan late = default)
    {
        var (id, body) = ($"msg_{Guid.NewGuid():N}", prediction.ToJsonString());
        var sent = (TimeProvider.System.GetUtcNow() - late).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", sent);
        request.Headers.TryAddWithoutValidation("webhook-signature", "v1," + Sign($"{id}.{sent}.{body}"));
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

    private static string Sign(string message) => Convert.ToBase64String(
        HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes(message)));
}

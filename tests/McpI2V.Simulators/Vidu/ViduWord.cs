using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Vidu;

/// <summary>Sends word of a task, signed with the API key as Vidu's page on callbacks says; the body is not signed.</summary>
public static class ViduWord
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>One delivery; its status, or null where nobody is there.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="task">What is told.</param>
    /// <param name="key">The API key that made the task.</param>
    /// <param name="late">How long ago it was signed.</param>
    public static async Task<int?> SendAsync(string address, JsonObject task, string key, TimeSpan late = default)
    {
        var date = (TimeProvider.System.GetUtcNow() - late).ToString("r", CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(task.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Date", date);
        request.Headers.Add("X-HMAC-ALGORITHM", "hmac-sha256");
        request.Headers.Add("X-HMAC-ACCESS-KEY", "vidu");
        request.Headers.Add("X-HMAC-SIGNED-HEADERS", "x-request-nonce");
        request.Headers.Add("x-request-nonce", $"{task["id"]}");
        var text = $"POST\n{new Uri(address).AbsolutePath}\n\nvidu\n{date}\nx-request-nonce:{task["id"]}\n";
        request.Headers.TryAddWithoutValidation(
            "X-HMAC-SIGNATURE",
            Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text))));
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

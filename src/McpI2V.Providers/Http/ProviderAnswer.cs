using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Http;

/// <summary>A provider's answer: bounded, read whole, not yet believed.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers, by lower-case name.</param>
/// <param name="Body">The body; empty where it was written to a file.</param>
public sealed record ProviderAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const int Longest = 8_000_000;
    private readonly Lazy<JsonObject?> json = new(() => LenientJson.Read(Body));

    /// <summary>True for 2xx.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as a JSON object; null if it is none.</summary>
    public JsonObject? Json => json.Value;

    /// <summary>The body in a shape that is known; null if it is no JSON object.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="provider">Whose answer it is, for the error.</param>
    /// <param name="part">The part of the body that has the shape; the whole unless given.</param>
    /// <exception cref="ProviderException">A member is of another kind than it should be.</exception>
    public T? Read<T>(JsonTypeInfo<T> shape, string provider, JsonObject? part = null)
        where T : class
    {
        try
        {
            return (part ?? Json)?.Deserialize(shape);
        }
        catch (JsonException)
        {
            throw HttpFaults.NotJson(provider, this);
        }
    }

    /// <summary>The beginning of the body as text, for an error.</summary>
    public string Text => Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2000)));

    /// <summary>A header; null if it is not there.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>An answer of which only the headers count: its body is elsewhere.</summary>
    public static ProviderAnswer WithoutBody(HttpResponseMessage response) => new(response.StatusCode, HeadersOf(response), []);

    /// <summary>Reads an answer whole.</summary>
    /// <exception cref="ProviderException">It is longer than any answer should be.</exception>
    public static async Task<ProviderAnswer> ReadAsync(
        HttpResponseMessage response,
        string provider,
        CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > Longest)
        {
            throw TooLong(provider);
        }
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[32_768];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > Longest)
            {
                throw TooLong(provider);
            }
            bytes.Write(buffer, 0, read);
        }
        return new(response.StatusCode, HeadersOf(response), bytes.ToArray());
    }

    private static ProviderException TooLong(string provider) => new(
        ErrorCode.ProviderFailed,
        $"{provider} answered with more than {Longest / 1_000_000} MB where a few kB are usual",
        Acceptance.Unknown) { IsPassing = true };

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name] = string.Join(",", values);
        }
        return headers;
    }
}

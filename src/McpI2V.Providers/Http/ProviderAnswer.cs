using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.Providers.Http;

/// <summary>A provider's answer: bounded, read whole, not yet believed.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers, by lower-case name.</param>
/// <param name="Body">The body; empty where it was written to a file.</param>
public sealed record ProviderAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private readonly Lazy<JsonObject?> json = new(() => LenientJson.Read(Body));

    /// <summary>True for 2xx.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as a JSON object; null if it is none.</summary>
    public JsonObject? Json => json.Value;

    /// <summary>The beginning of the body as text, for an error.</summary>
    public string Text => Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2000)));

    /// <summary>A header; null if it is not there.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

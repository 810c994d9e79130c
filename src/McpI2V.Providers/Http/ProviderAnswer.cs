using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

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

    /// <summary>The body in a shape that is known; null if it is no JSON object.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="provider">Whose answer it is, for the error.</param>
    /// <param name="part">The part of the body that has the shape; the whole unless given.</param>
    /// <exception cref="McpI2V.Engine.Providers.ProviderException">A member is of another kind than it should be.</exception>
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
}

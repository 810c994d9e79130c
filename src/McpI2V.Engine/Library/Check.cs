using System.Text.Json.Serialization;

namespace McpI2V.Engine.Library;

/// <summary>One measurement of an asset against a limit.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ok">True if it is within the limit.</param>
/// <param name="Value">The measurement.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Advice">What to do about it; null when it is fine.</param>
public sealed record Check(string Name, bool Ok, double Value, double Limit, string? Advice)
{
    /// <summary>The name of what became of a text otherwise than was asked for.</summary>
    public const string Text = "text";

    /// <summary>The name of a text's going out of the way of what the picture shows.</summary>
    public const string TextMoved = "text_place";

    /// <summary>The name of how a clip came to its last frame.</summary>
    public const string LastFrame = "last_frame";

    /// <summary>What to do where it is not within the limit; null where it is, or nothing can be done.</summary>
    [JsonIgnore]
    public string? Fault => Ok ? null : Advice;
}

[JsonSerializable(typeof(Check[]))]
[JsonSerializable(typeof(string[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class LibraryJson : JsonSerializerContext;

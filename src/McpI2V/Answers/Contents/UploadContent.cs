using System.Text.Json.Serialization;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Contents;

/// <summary>Where a file that can't be read here can be sent to, once.</summary>
internal sealed record UploadContent
{
    /// <summary>The method of HTTP.</summary>
    public required string Method { get; init; }

    /// <summary>The address.</summary>
    [JsonConverter(typeof(OwnTextConverter))]
    public required string Url { get; init; }

    /// <summary>What to pass instead of the file, once it was sent.</summary>
    [JsonConverter(typeof(OwnTextConverter))]
    public required string Reference { get; init; }

    /// <summary>What it must be; null: a still, a clip or a sound.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Kind { get; init; }

    /// <summary>Its size at most.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Until when, in UTC.</summary>
    public required string ExpiresAt { get; init; }
}

using System.Text.Json.Serialization;
using McpI2V.Engine;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Providers;

namespace McpI2V.Sending;

/// <summary>One line between the server and the process that sends for it.</summary>
/// <param name="Id">Which request of the server's it is about.</param>
/// <param name="Says">To the sender: prepare, send, drop. Back: ready, taken, refused, invalid.</param>
internal sealed record SenderLine(long Id, string Says)
{
    /// <summary>With prepare: the job.</summary>
    public long? Job { get; init; }

    /// <summary>With taken: the provider's name for it.</summary>
    public RemoteTask? Task { get; init; }

    /// <summary>With refused: why.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>With invalid: the code of the public face.</summary>
    public ErrorCode? Code { get; init; }

    /// <summary>With invalid: why, in words.</summary>
    public string? Message { get; init; }

    /// <summary>With invalid: the argument at fault.</summary>
    public string? Argument { get; init; }

    /// <summary>A refusal.</summary>
    public static SenderLine Refused(long id, ProviderException e) => new(id, "refused")
    {
        Refusal = McpI2V.Engine.Jobs.Remote.Sending.Refusal.From(e),
    };

    /// <summary>What a refusal or an error means here.</summary>
    public Exception ToException() =>
        Refusal?.ToException() ?? (Exception)new I2VException(Code ?? ErrorCode.ProviderFailed, Message ?? "", Argument);
}

[JsonSerializable(typeof(SenderLine))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
internal sealed partial class SenderJson : JsonSerializerContext;

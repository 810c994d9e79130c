using System.Text.Json.Serialization;
using McpI2V.Engine;
using McpI2V.Engine.Providers;

namespace McpI2V.Sending;

/// <summary>One line between the server and the process that sends for it.</summary>
/// <param name="Id">Which request of the server's it is about.</param>
/// <param name="Says">To the sender: prepare, send, drop. Back: ready, taken, refused, invalid.</param>
internal sealed record SenderLine(long Id, string Says)
{
    /// <summary>With prepare: the job.</summary>
    public long? Job { get; init; }

    /// <summary>With taken: the provider's name for it. With refused: the task that the answer names all the same.</summary>
    public RemoteTask? Task { get; init; }

    /// <summary>With refused and invalid: why.</summary>
    public ErrorCode? Code { get; init; }

    /// <summary>With refused and invalid: why, in words.</summary>
    public string? Message { get; init; }

    /// <summary>With invalid: the argument at fault.</summary>
    public string? Argument { get; init; }

    /// <summary>With refused: whether the provider took it.</summary>
    public Acceptance? Acceptance { get; init; }

    /// <summary>With refused: it may succeed later.</summary>
    public bool IsPassing { get; init; }

    /// <summary>With refused: nobody answered at the provider's address.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>With refused: another model may do it.</summary>
    public bool MayFallBack { get; init; }

    /// <summary>With refused: how long the provider asks to be left alone.</summary>
    public double? RetryAfterSeconds { get; init; }

    /// <summary>A refusal.</summary>
    public static SenderLine Refused(long id, ProviderException e) => new(id, "refused")
    {
        Code = e.Code,
        Message = e.Message,
        Acceptance = e.Acceptance,
        Task = e.Named,
        IsPassing = e.IsPassing,
        IsUnreachable = e.IsUnreachable,
        MayFallBack = e.MayFallBack,
        RetryAfterSeconds = e.RetryAfter?.TotalSeconds,
    };

    /// <summary>What a refusal or an error means here.</summary>
    public Exception ToException() => Says == "invalid"
        ? new I2VException(Code ?? ErrorCode.ProviderFailed, Message ?? "", Argument)
        : new ProviderException(Code ?? ErrorCode.ProviderFailed, Message ?? "", Acceptance ?? Engine.Providers.Acceptance.Unknown)
        {
            Named = Task,
            IsPassing = IsPassing,
            IsUnreachable = IsUnreachable,
            MayFallBack = MayFallBack,
            RetryAfter = RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
}

[JsonSerializable(typeof(SenderLine))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
internal sealed partial class SenderJson : JsonSerializerContext;

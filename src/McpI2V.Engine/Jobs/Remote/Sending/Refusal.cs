using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>
/// A <see cref="ProviderException"/> as it crosses to another process or waits on the disk for the next one.
/// </summary>
/// <param name="Code">The code of the public face.</param>
/// <param name="Message">What happened, cleaned.</param>
/// <param name="Acceptance">Whether the request was taken.</param>
public sealed record Refusal(ErrorCode Code, string Message, Acceptance Acceptance)
{
    /// <summary>The task that the answer names all the same.</summary>
    public RemoteTask? Named { get; init; }

    /// <summary>It may succeed later.</summary>
    public bool IsPassing { get; init; }

    /// <summary>Nobody answered at the provider's address.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Another model may do it.</summary>
    public bool MayFallBack { get; init; }

    /// <summary>What is charged all the same, in dollars.</summary>
    public decimal FeeUsd { get; init; }

    /// <summary>How long the provider asks to be left alone.</summary>
    public double? RetryAfterSeconds { get; init; }

    /// <summary>What is told on of an exception.</summary>
    public static Refusal From(ProviderException e) => new(e.Code, e.Message, e.Acceptance)
    {
        Named = e.Named,
        IsPassing = e.IsPassing,
        IsUnreachable = e.IsUnreachable,
        MayFallBack = e.MayFallBack,
        FeeUsd = e.FeeUsd,
        RetryAfterSeconds = e.RetryAfter?.TotalSeconds,
    };

    /// <summary>The exception that it tells of.</summary>
    public ProviderException ToException() => new(Code, Message, Acceptance)
    {
        Named = Named,
        IsPassing = IsPassing,
        IsUnreachable = IsUnreachable,
        MayFallBack = MayFallBack,
        FeeUsd = FeeUsd,
        RetryAfter = RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };
}

namespace McpI2V.Engine.Providers;

/// <summary>
/// Something that a provider or the way to it did not do. Says what matters for money: was it accepted, may it be sent again.
/// </summary>
/// <param name="code">The code of the public face.</param>
/// <param name="message">For the user: what happened, with the provider's own words shortened and cleaned; no secret, no signed
/// address.</param>
/// <param name="acceptance">Whether the request was taken.</param>
public sealed class ProviderException(ErrorCode code, string message, Acceptance acceptance, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The code of the public face.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>Whether the request was taken.</summary>
    public Acceptance Acceptance { get; } = acceptance;

    /// <summary>True if the same request may succeed later: busy, limited, unreachable.</summary>
    public bool IsPassing { get; init; }

    /// <summary>True if nobody answered at the provider's address: what ails one of its models ails them all.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>True if no other model of the same provider can do better: its key is refused, or nobody answers there.</summary>
    public bool IsOfTheWholeProvider => IsUnreachable || Code == ErrorCode.ProviderAuth;

    /// <summary>How long the provider asks to be left alone; null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True if another provider's model may do what this one refused; false where the request itself is at fault.</summary>
    public bool MayFallBack { get; init; } = true;

    /// <summary>True if the provider does not know what was asked for (404, 410).</summary>
    public bool IsGone { get; init; }

    /// <summary>
    /// True if asking again can't help, however long it is tried: what was delivered is not usable, or lies where nobody connects to.
    /// </summary>
    public bool IsFinal { get; init; }

    /// <summary>
    /// What is charged although nothing was taken or made, in dollars: a fee for what the provider's rules forbid. 0: nothing.
    /// </summary>
    public decimal FeeUsd { get; init; }

    /// <summary>
    /// The task that an answer names although it says that something went wrong; null: none. Whether it exists is seen by looking.
    /// </summary>
    public RemoteTask? Named { get; init; }

    /// <summary>The same with a task that the answer named.</summary>
    public ProviderException Naming(RemoteTask? task) => task is null ? this : Again(Acceptance, task);

    /// <summary>The same where the answer proves nothing: the request may have been taken.</summary>
    public ProviderException Unproved() => Again(Acceptance.Unknown, Named);

    /// <summary>The same of what went wrong before the request could leave: nothing was taken.</summary>
    public ProviderException BeforeSending() => Acceptance == Acceptance.No ? this : Again(Acceptance.No, null);

    private ProviderException Again(Acceptance acceptance, RemoteTask? named) => new(Code, Message, acceptance, this)
    {
        IsPassing = IsPassing,
        IsUnreachable = IsUnreachable,
        RetryAfter = RetryAfter,
        MayFallBack = MayFallBack,
        IsGone = IsGone,
        IsFinal = IsFinal,
        FeeUsd = FeeUsd,
        Named = named,
    };
}

using McpI2V.Engine;
using McpI2V.Tools.Arguments;

namespace McpI2V.Tools.Calls;

/// <summary>One call of a tool, whatever transport carries it.</summary>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Roots">Folders that the client shares; asked for only when a path is given.</param>
/// <param name="Tell">Tells the client how far the work is, 0 to 1, with a few words.</param>
internal sealed record ToolCall(
    ArgumentReader Arguments,
    Func<CancellationToken, Task<IReadOnlyList<string>>> Roots,
    Func<double, string, Task> Tell)
{
    /// <summary>Who calls: what the call makes is theirs.</summary>
    public string Owner { get; init; } = Engine.Owner.OfThisMachine;

    /// <summary>True for a caller who may change what is another's: the user of this machine, and tokens of scope admin.</summary>
    public bool MayChangeOthers { get; init; }

    /// <summary>False for a caller whose token does not allow spending.</summary>
    public bool MaySpend { get; init; } = true;

    /// <summary>The name by which the client follows the call instead of waiting for it; null: it waits.</summary>
    public string? Follow { get; init; }

    /// <summary>What the caller is told of how their words were understood.</summary>
    public List<string> Notes { get; init; } = [];

    /// <summary>The caller as those see them who bring inputs in.</summary>
    public async Task<Caller> CallerAsync(CancellationToken callCancelled) => new(await Roots(callCancelled), Owner, Notes);

    /// <summary>The caller without the folders that they share, which cost a round trip.</summary>
    public Caller WithoutFolders => new([], Owner, Notes);

    /// <summary>What the user has said to the price.</summary>
    public SpendConsent Consent { get; init; } = SpendConsent.None;
}

using System.Runtime.InteropServices;

namespace McpI2V.Engine.Spending;

/// <summary>What the caller allows a call to cost.</summary>
/// <param name="MaxCostUsd">A limit of the call's own; null: none.</param>
/// <param name="ApprovedUsd">What the user has agreed to; null: nothing.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Approval(decimal? MaxCostUsd, decimal? ApprovedUsd)
{
    /// <summary>What is to be paid for, in words; null: nobody said.</summary>
    public string? For { get; init; }
}

namespace McpI2V.Engine.Moving;

/// <summary>What was moved, after every row was compared.</summary>
/// <param name="Rows">How many of each table.</param>
/// <param name="SpentUsd">What the ledger counts as spent.</param>
/// <param name="ReservedUsd">What it counts as reserved.</param>
/// <param name="Faults">Files that rows name and that are missing or damaged; they were so before.</param>
public sealed record LibraryMoved(
    IReadOnlyDictionary<string, int> Rows,
    decimal SpentUsd,
    decimal ReservedUsd,
    IReadOnlyList<string> Faults);

namespace McpI2V.Engine.Spending;

/// <summary>What one model has cost on one day, alone or in one batch.</summary>
/// <param name="Day">The day of UTC on which it was reserved, yyyy-MM-dd.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Batch">The batch with its name; empty: none.</param>
/// <param name="Attempts">How many requests.</param>
/// <param name="SpentUsd">What was paid.</param>
/// <param name="ReservedUsd">What is set aside and not settled.</param>
public sealed record SpendLine(
    string Day,
    string Provider,
    string Model,
    string Batch,
    int Attempts,
    decimal SpentUsd,
    decimal ReservedUsd);

namespace McpI2V.Engine.Jobs;

/// <summary>One try of a job at one model.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model.</param>
/// <param name="Outcome">started, succeeded, failed, canceled, unconfirmed or interrupted.</param>
/// <param name="Error">What went wrong; null if nothing did.</param>
public sealed record Attempt(string Provider, string Model, string Outcome, string? Error);

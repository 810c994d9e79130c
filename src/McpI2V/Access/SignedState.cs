namespace McpI2V.Access;

/// <summary>What this server gave out and got back unaltered.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Until">When it ends; it may have ended.</param>
internal sealed record SignedState(string Value, DateTimeOffset Until);

namespace McpI2V.Providers.Fal;

/// <summary>What only fal reads in a row's wire.</summary>
internal sealed record FalWire
{
    /// <summary>The member of the result that holds what was made; the first that is known unless set.</summary>
    public string? Output { get; init; }
}

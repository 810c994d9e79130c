namespace McpI2V.Providers.Gemini;

/// <summary>What only Gemini reads in a row's wire: what the ledger settles to.</summary>
internal sealed record GeminiWire
{
    /// <summary>Dollars a million tokens that go in.</summary>
    public decimal InputUsdPerMillion { get; init; }

    /// <summary>Dollars a million tokens of pictures or video that come out.</summary>
    public decimal OutputUsdPerMillion { get; init; }

    /// <summary>Dollars a million tokens of text and thought that come out.</summary>
    public decimal TextUsdPerMillion { get; init; }
}

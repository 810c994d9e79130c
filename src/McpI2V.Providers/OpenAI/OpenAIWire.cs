namespace McpI2V.Providers.OpenAI;

/// <summary>What only OpenAI reads in a row's wire: sizes, and what the ledger settles to.</summary>
internal sealed record OpenAIWire
{
    /// <summary>The only sizes that a model makes, such as `1024x1024`; any multiple of 16 unless set.</summary>
    public string[]? Sizes { get; init; }

    /// <summary>Dollars a million tokens of text that go in.</summary>
    public decimal TextInUsdPerMillion { get; init; }

    /// <summary>Dollars a million tokens of pictures that go in.</summary>
    public decimal ImageInUsdPerMillion { get; init; }

    /// <summary>Dollars a million tokens of pictures that come out.</summary>
    public decimal ImageOutUsdPerMillion { get; init; }
}

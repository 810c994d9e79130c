using McpI2V.Engine.Catalogue.Wire;

namespace McpI2V.Providers.Runway;

/// <summary>What only Runway reads in a row's wire: shapes of its own (@runwayml/sdk 4.20.1 typings).</summary>
internal sealed record RunwayWire
{
    /// <summary>A list of the frames, each an object of its address and `first` or `last`; a first frame alone is its address, in the
    /// list's place.</summary>
    public WirePath? Positions { get; init; }

    /// <summary>True where a first frame alone is an object too.</summary>
    public bool PositionsAlways { get; init; }

    /// <summary>True where a reference is the character and the clip shows how it moves.</summary>
    public bool Performance { get; init; }
}

namespace McpI2V.Engine.Catalogue;

/// <summary>What a model's provider takes in; inputs are fitted to it before they leave.</summary>
public sealed record InputLimits
{
    /// <summary>The most bytes of one still.</summary>
    public long StillBytes { get; set; } = 10_000_000;

    /// <summary>The longest side of a still, in pixels.</summary>
    public int LongestSide { get; set; } = 4096;

    /// <summary>The shortest side of a still, in pixels.</summary>
    public int ShortestSide { get; set; } = 300;

    /// <summary>Media types of stills that are taken as they are; others become JPEG, or PNG where they are transparent.</summary>
    public string[] StillTypes { get; set; } = ["image/jpeg", "image/png", "image/webp"];

    /// <summary>The most bytes of one clip.</summary>
    public long ClipBytes { get; set; } = 100_000_000;

    /// <summary>The longest clip, in seconds; longer ones are cut there, and the user is told.</summary>
    public double ClipSeconds { get; set; } = 60;

    /// <summary>The longest side of a clip, in pixels.</summary>
    public int ClipLongestSide { get; set; } = 3840;

    /// <summary>The longest sound, in seconds.</summary>
    public double AudioSeconds { get; set; } = 60;

    /// <summary>The most bytes of one sound.</summary>
    public long AudioBytes { get; set; } = 20_000_000;
}

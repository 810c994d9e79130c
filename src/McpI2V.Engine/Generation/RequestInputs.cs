namespace McpI2V.Engine.Generation;

/// <summary>The assets that go into a request, by handle, each for what it is.</summary>
public sealed record RequestInputs
{
    /// <summary>The first frame, or the still that is edited first.</summary>
    public string? Image { get; init; }

    /// <summary>The last frame.</summary>
    public string? EndImage { get; init; }

    /// <summary>The clip that is changed.</summary>
    public string? Clip { get; init; }

    /// <summary>A sound to speak or sing to.</summary>
    public string? Audio { get; init; }

    /// <summary>Further stills, or whatever else goes in.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> All => [.. new[] { Image, EndImage, Clip, Audio }.OfType<string>(), .. References];
}

namespace McpI2V.Engine.Library.Import;

/// <summary>What may be read from outside the library.</summary>
public sealed record InputOptions
{
    /// <summary>
    /// Folders whose files a tool may read, besides the client's own roots (<c>I2V__Inputs__Roots</c>, separated as PATH is). The user's
    /// Pictures, Videos, Movies, Music, Downloads and Desktop unless set.
    /// </summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>The most bytes one input may have (<c>I2V__Inputs__MaxMegabytes</c>): 1 MB to 10 GB; 500 MB unless set.</summary>
    public long MaxBytes { get; init; } = 500_000_000;

    /// <summary>
    /// Addresses of the form scheme://host:port that may be fetched although they lie in a private net, such as a company's media server
    /// (<c>I2V__Inputs__TrustedOrigins</c>); none unless set.
    /// </summary>
    public IReadOnlyList<Uri> TrustedOrigins { get; init; } = [];

    /// <summary>How long a download may make no progress (<c>I2V__Inputs__StallSeconds</c>): 1 to 300 s; 15 s unless set.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a whole download may take (<c>I2V__Inputs__TimeoutSeconds</c>): 1 to 3600 s; 120 s unless set.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);
}

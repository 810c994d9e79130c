namespace McpI2V.Settings;

/// <summary>How the server is reached by HTTP, and within which bounds.</summary>
internal sealed record HttpOptions
{
    /// <summary>The least letters of a token that is given by setting: nobody guesses it.</summary>
    public const int ShortestToken = 20;

    /// <summary>Where it listens unless the command line says otherwise.</summary>
    public const string UsualUrl = "http://127.0.0.1:3920";

    /// <summary>Tokens given by setting (<c>I2V__Http__Tokens</c>, separated by commas); they may do everything.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Hosts by which clients may call the server besides the one it listens on (<c>I2V__Http__AllowedHosts</c>).</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins of web pages that may call it (<c>I2V__Http__AllowedOrigins</c>); none unless set, but for its own.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>
    /// Where it is reached from outside (<c>I2V__Http__PublicUrl</c>), for links and webhooks; null: only by where it listens.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The most bytes of one message: 8 MB. Files come by path, address or upload link, never inside a message.</summary>
    public long MostBytes { get; init; } = 8_000_000;

    /// <summary>
    /// The most bytes of messages that are being read or answered (<c>I2V__Http__MaxMegabytesInFlight</c>): 8 MB to 100 GB; 32 MB unless
    /// set. A message of 8 MB costs some 100 MB of memory; every caller may always have 1 MB.
    /// </summary>
    public long MostBytesInFlight { get; init; } = 32_000_000;

    /// <summary>Those of one caller (<c>I2V__Http__MaxMegabytesInFlightPerCaller</c>): 8 MB to 100 GB; 16 MB unless set.</summary>
    public long MostBytesInFlightPerCaller { get; init; } = 16_000_000;

    /// <summary>The most sessions at once (<c>I2V__Http__MaxSessions</c>): 1 to 100,000; 2,000 unless set.</summary>
    public int MaxSessions { get; init; } = 2_000;

    /// <summary>
    /// The most sessions of one caller (<c>I2V__Http__MaxSessionsPerCaller</c>): 1 to 100,000; 1,000 unless set. The caller's own oldest
    /// that is not in use makes room.
    /// </summary>
    public int MaxSessionsPerCaller { get; init; } = 1_000;

    /// <summary>How long a session may be silent (<c>I2V__Http__IdleMinutes</c>): 1 to 1,440; 120 minutes unless set.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(120);

    /// <summary>Requests of one caller a minute (<c>I2V__Http__RequestsPerMinute</c>): 10 to 10,000,000; 60,000 unless set.</summary>
    public int RequestsPerMinute { get; init; } = 60_000;

    /// <summary>Open requests of one caller (<c>I2V__Http__MaxConcurrent</c>): 1 to 100,000; 2,000 unless set.</summary>
    public int MaxConcurrent { get; init; } = 2_000;
}

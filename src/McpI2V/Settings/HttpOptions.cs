using McpI2V.Media;

namespace McpI2V.Settings;

/// <summary>How the server is reached by HTTP, and within which bounds: section <c>Http</c>.</summary>
internal sealed class HttpOptions(SettingsSection settings)
{
    /// <summary>Where it listens unless the command line says otherwise.</summary>
    public const string UsualUrl = "http://127.0.0.1:3920";

    // Nobody guesses one of so many letters.
    private const int ShortestToken = 20;

    /// <summary>What holds where nothing is set.</summary>
    public HttpOptions()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>Tokens given by setting; they may do everything.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = TokensIn(settings);

    /// <summary>Hosts by which clients may call the server besides the one it listens on.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = settings.List("AllowedHosts");

    /// <summary>Origins of web pages that may call it besides its own.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = settings.List("AllowedOrigins");

    /// <summary>Where it is reached from outside, for links and webhooks; null: only by where it listens.</summary>
    public Uri? PublicUrl { get; init; } = WithSlash(settings.Address(
        "PublicUrl",
        url => url.Scheme == Uri.UriSchemeHttps,
        "https address such as https://ads.example"));

    /// <summary>The most bytes of one message. Files come by path, address or upload link, never inside a message.</summary>
    public long MostBytes { get; init; } = 8_000_000;

    /// <summary>
    /// The most bytes of messages that are being read or answered. A message of 8 MB costs some 100 MB of memory; every caller may always
    /// have 1 MB.
    /// </summary>
    public long MostBytesInFlight { get; init; } = settings.Megabytes("MaxMegabytesInFlight", 32, from: 8, to: 100_000);

    /// <summary>Those of one caller.</summary>
    public long MostBytesInFlightPerCaller { get; init; } = settings.Megabytes("MaxMegabytesInFlightPerCaller", 16, from: 8, to: 100_000);

    /// <summary>The most sessions at once.</summary>
    public int MaxSessions { get; init; } = settings.Number("MaxSessions", 2_000, from: 1, to: 100_000);

    /// <summary>The most sessions of one caller: the caller's own oldest that is not in use makes room.</summary>
    public int MaxSessionsPerCaller { get; init; } = settings.Number("MaxSessionsPerCaller", 1_000, from: 1, to: 100_000);

    /// <summary>How long a session may be silent.</summary>
    public TimeSpan Idle { get; init; } = settings.Minutes("IdleMinutes", 120, from: 1, to: 1_440);

    /// <summary>Requests of one caller a minute.</summary>
    public int RequestsPerMinute { get; init; } = settings.Number("RequestsPerMinute", 60_000, from: 10, to: 10_000_000);

    /// <summary>Open requests of one caller.</summary>
    public int MaxConcurrent { get; init; } = settings.Number("MaxConcurrent", 2_000, from: 1, to: 100_000);

    /// <summary>How long an answer may be given again to the same call while no row has changed; none: each is composed anew.</summary>
    public TimeSpan KeepAnswers { get; init; } = settings.Seconds("KeepAnswersSeconds", 10, from: 0, to: 60);

    private static IReadOnlyList<string> TokensIn(SettingsSection settings)
    {
        var tokens = settings.List("Tokens");
        if (tokens.FirstOrDefault(t => t.Length < ShortestToken) is { } guessed)
        {
            // The value stays out of the message.
            settings.Refuse("Tokens", $"has a token of {guessed.Length} letters; at least {ShortestToken} are needed, by chance " +
                "(./i2v token create makes one)");
        }
        return tokens;
    }

    private static Uri? WithSlash(Uri? url) => url is null ? null : new Uri(url.AbsoluteUri.TrimEnd('/') + "/");
}

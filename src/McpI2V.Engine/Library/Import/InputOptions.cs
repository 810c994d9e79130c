using McpI2V.Media;

namespace McpI2V.Engine.Library.Import;

/// <summary>What may be read from outside the library: section <c>Inputs</c>.</summary>
public sealed class InputOptions(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public InputOptions()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>Folders whose files a tool may read, besides the client's own roots; the user's own for media unless set.</summary>
    public IReadOnlyList<string> Roots { get; init; } = settings.Folders("Roots") ?? UsualRoots();

    /// <summary>The most bytes one input may have.</summary>
    public long MaxBytes { get; init; } = settings.Megabytes("MaxMegabytes", 500, from: 1, to: 10_000);

    /// <summary>Origins that may be fetched from although they lie in a private net, such as a company's media server.</summary>
    public IReadOnlyList<Uri> TrustedOrigins { get; init; } = settings.Addresses(
        "TrustedOrigins",
        origin => origin.AbsolutePath == "/",
        "origin such as http://media.example:8080");

    /// <summary>How long a download may make no progress.</summary>
    public TimeSpan StallTimeout { get; init; } = settings.Seconds("StallSeconds", 15, from: 1, to: 300);

    /// <summary>How long a whole download may take.</summary>
    public TimeSpan Timeout { get; init; } = settings.Seconds("TimeoutSeconds", 120, from: 1, to: 3_600);

    private static string[] UsualRoots()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return [.. new[] { "Pictures", "Videos", "Movies", "Music", "Downloads", "Desktop" }.Select(f => Path.Combine(user, f))];
    }
}

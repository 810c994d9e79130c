using System.Globalization;
using McpI2V.Engine;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Spending;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;
using Microsoft.Extensions.Configuration;

namespace McpI2V.Settings;

/// <summary>
/// Reads settings: defaults, then <c>settings.json</c> in the library's folder, then <c>I2V__Section__Key</c> from the
/// environment. The only place that reads either. Every fault is reported, not only the first.
/// </summary>
internal sealed class SettingsReader
{
    private readonly IConfigurationRoot configuration;
    private readonly List<string> faults = [];
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly string home;

    private SettingsReader(string home)
    {
        this.home = home;
        var builder = new ConfigurationBuilder();
        var file = Path.Combine(home, "settings.json");
        try
        {
            configuration = builder.AddJsonFile(file, optional: true, reloadOnChange: false).AddEnvironmentVariables("I2V__").Build();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file} can't be read: {e.InnerException?.Message ?? e.Message}");
            configuration = new ConfigurationBuilder().AddEnvironmentVariables("I2V__").Build();
        }
    }

    /// <summary>The validated settings.</summary>
    /// <exception cref="I2VException">Some are wrong; the message lists all of them.</exception>
    public static ProgramSettings Read()
    {
        var reader = new SettingsReader(Home());
        var settings = reader.Compose();
        reader.RefuseUnknown();
        return reader.faults.Count == 0
            ? settings
            : throw new I2VException(
                ErrorCode.InvalidArgument,
                "Settings are wrong: " + string.Join("; ", reader.faults) + ". Correct them and start the server again.");
    }

    /// <summary>The library's folder.</summary>
    public static string Home()
    {
        var set = Variable("I2V_HOME");
        return string.IsNullOrWhiteSpace(set)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "mcp-i2v")
            : Path.GetFullPath(set);
    }

    private static string? Variable(string name)
    {
#pragma warning disable RS0030 // This is the composition root's reader.
        return Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030
    }

    private ProgramSettings Compose() => new()
    {
        Library = new LibraryOptions { Home = home },
        Inputs = new InputOptions
        {
            Roots = Paths("Inputs:Roots") ?? DefaultRoots(),
            MaxBytes = (long)(Number("Inputs:MaxMegabytes", 500, 1, 10_000) * 1_000_000),
            TrustedOrigins = [.. List("Inputs:TrustedOrigins").Select(o => Origin("Inputs:TrustedOrigins", o)).OfType<Uri>()],
            StallTimeout = TimeSpan.FromSeconds(Number("Inputs:StallSeconds", 15, 1, 300)),
            Timeout = TimeSpan.FromSeconds(Number("Inputs:TimeoutSeconds", 120, 1, 3600)),
        },
        Budget = new BudgetOptions
        {
            DailyUsd = (decimal)Number("Budget:DailyUsd", 20, 0, 100_000),
            ApproveAboveUsd = (decimal)Number("Budget:ApproveAboveUsd", 2, 0, 100_000),
        },
        Jobs = new RunnerOptions
        {
            Lanes = (int)Number("Jobs:Lanes", new RunnerOptions().Lanes, 1, 32),
            PauseAt = Text("Jobs:PauseAt"),
        },
        Ffmpeg = new FfmpegPrograms
        {
            Ffmpeg = Text("Media:Ffmpeg") ?? "ffmpeg",
            Ffprobe = Text("Media:Ffprobe") ?? "ffprobe",
            Timeout = TimeSpan.FromSeconds(Number("Media:TimeoutSeconds", 1200, 60, 7200)),
            RenderMemory = (long)(Number("Media:MemoryMegabytes", 8_000, 500, 256_000) * 1_000_000),
            Confine = YesOrNo("Media:Confine", otherwise: true),
        },
        Http = new HttpOptions
        {
            Tokens = Tokens(),
            AllowedHosts = List("Http:AllowedHosts"),
            AllowedOrigins = List("Http:AllowedOrigins"),
            PublicUrl = PublicUrl(),
            MostBytesInFlight = (long)(Number("Http:MaxMegabytesInFlight", 32, 8, 100_000) * 1_000_000),
            MostBytesInFlightPerCaller = (long)(Number("Http:MaxMegabytesInFlightPerCaller", 16, 8, 100_000) * 1_000_000),
            MaxSessions = (int)Number("Http:MaxSessions", 2_000, 1, 100_000),
            MaxSessionsPerCaller = (int)Number("Http:MaxSessionsPerCaller", 1_000, 1, 100_000),
            Idle = TimeSpan.FromMinutes(Number("Http:IdleMinutes", 120, 1, 1_440)),
            RequestsPerMinute = (int)Number("Http:RequestsPerMinute", 60_000, 10, 10_000_000),
            MaxConcurrent = (int)Number("Http:MaxConcurrent", 2_000, 1, 100_000),
        },
        Providers = new ProviderSettings(configuration, Variable, faults).Read(),
    };

    private string[] Tokens()
    {
        var tokens = List("Http:Tokens");
        if (tokens.FirstOrDefault(t => t.Length < HttpOptions.ShortestToken) is { } guessed)
        {
            // The value stays out of the message.
            faults.Add($"Http:Tokens (I2V__Http__Tokens) has a token of {guessed.Length} letters; at least {HttpOptions.ShortestToken} " +
                "are needed, by chance (./i2v token create makes one)");
        }
        return tokens;
    }

    private Uri? PublicUrl()
    {
        if (Text("Http:PublicUrl") is not { Length: > 0 } text)
        {
            return null;
        }
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
        {
            return uri;
        }
        faults.Add($"Http:PublicUrl (I2V__Http__PublicUrl) is \"{text}\"; an https address is needed");
        return null;
    }

    private Uri? Origin(string key, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri is { UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" })
        {
            return uri;
        }
        AddFault(key, text, "an origin such as http://media.example:8080");
        return null;
    }

    private double Number(string key, double otherwise, double low, double high)
    {
        var text = Text(key);
        if (string.IsNullOrWhiteSpace(text))
        {
            return otherwise;
        }
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high)
        {
            return value;
        }
        AddFault(key, text, $"a number from {low:0} to {high:0}");
        return otherwise;
    }

    private bool YesOrNo(string key, bool otherwise)
    {
        var text = Text(key);
        if (string.IsNullOrWhiteSpace(text))
        {
            return otherwise;
        }
        if (bool.TryParse(text, out var value))
        {
            return value;
        }
        AddFault(key, text, "true or false");
        return otherwise;
    }

    private void AddFault(string key, string text, string allowed) =>
        faults.Add($"{key} (I2V__{key.Replace(":", "__", StringComparison.Ordinal)}) is \"{text}\"; {allowed} is allowed");

    private IReadOnlyList<string>? Paths(string key) =>
        Several(key, [Path.PathSeparator]) is { } paths ? [.. paths.Select(Path.GetFullPath)] : null;

    private string[] List(string key) => Several(key, [',', ';', ' ']) ?? [];

    // One text with separators, as an environment variable holds it, or a list, as a file may.
    private string[]? Several(string key, char[] separators)
    {
        var text = Text(key);
        string[] items = [.. configuration
            .GetSection(key)
            .GetChildren()
            .Where(c => int.TryParse(c.Key, CultureInfo.InvariantCulture, out _))
            .Select(c => Text($"{key}:{c.Key}") ?? "")];
        return items.Length > 0 ? items : text?.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private string? Text(string key)
    {
        known.Add(key);
        return configuration[key];
    }

    // What nobody reads was written for something: a name with a slip, or a value where a section stands. Those of providers are judged
    // with the providers.
    private void RefuseUnknown()
    {
        foreach (var (key, _) in configuration
            .AsEnumerable()
            .Where(s => s.Value is not null
                && !known.Contains(s.Key)
                && !(s.Key.StartsWith("Providers:", StringComparison.OrdinalIgnoreCase) && s.Key.Count(c => c == ':') > 1)))
        {
            var section = known.FirstOrDefault(k => k.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase));
            faults.Add($"{ForeignText.Line(key, 80)} is no setting" + (section is null ? "" : $"; it holds settings such as {section}"));
        }
    }

    private static List<string> DefaultRoots()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return [.. new[] { "Pictures", "Videos", "Movies", "Music", "Downloads", "Desktop" }.Select(f => Path.Combine(user, f))];
    }
}

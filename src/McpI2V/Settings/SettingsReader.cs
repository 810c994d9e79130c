using McpI2V.Engine;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.S3;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;
using Microsoft.Extensions.Configuration;

namespace McpI2V.Settings;

/// <summary>
/// Reads settings: defaults, then <c>settings.json</c> in the library's folder, then <c>I2V__Section__Key</c> from the environment. The
/// only place that reads either; what there is to set, each type of options declares. Every fault is reported, not only the first.
/// </summary>
internal sealed class SettingsReader
{
    private readonly IConfigurationRoot configuration;
    private readonly List<string> faults;
    private readonly List<SettingsSection> sections = [];

    private SettingsReader(IConfigurationRoot configuration, IEnumerable<string> faults) =>
        (this.configuration, this.faults) = (configuration, [.. faults]);

    /// <summary>The validated settings.</summary>
    /// <exception cref="I2VException">Some are wrong; the message lists all of them.</exception>
    public static ProgramSettings Read()
    {
        var file = Path.Combine(Home(), "settings.json");
        try
        {
            var configuration = new ConfigurationBuilder().AddJsonFile(file, optional: true, reloadOnChange: false);
            return Read(configuration.AddEnvironmentVariables("I2V__").Build(), Home(), Variable);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            var rest = new ConfigurationBuilder().AddEnvironmentVariables("I2V__").Build();
            return Read(rest, Home(), Variable, $"{file} can't be read: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}");
        }
    }

    /// <summary>The validated settings of a configuration.</summary>
    /// <param name="configuration">What is set.</param>
    /// <param name="home">The library's folder.</param>
    /// <param name="variable">Reads a variable of the environment: a provider's key.</param>
    /// <param name="faults">What is known to be wrong already.</param>
    /// <exception cref="I2VException">Some are wrong; the message lists all of them.</exception>
    public static ProgramSettings Read(
        IConfigurationRoot configuration,
        string home,
        Func<string, string?> variable,
        params IEnumerable<string> faults)
    {
        var reader = new SettingsReader(configuration, faults);
        var settings = reader.Compose(home, variable);
        string[] all = [.. reader.faults, .. reader.sections.SelectMany(s => s.Faults), .. reader.Unknown()];
        return all.Length == 0
            ? settings
            : throw new I2VException(
                ErrorCode.InvalidArgument,
                "Settings are wrong: " + string.Join("; ", all) + ". Correct them and start the server again.");
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

    private ProgramSettings Compose(string home, Func<string, string?> variable)
    {
        var http = new HttpOptions(Section("Http"));
        var providers = new ProviderSettings(Section, variable, http.PublicUrl, home, faults)
            .Read([.. configuration.GetSection("Providers").GetChildren().Where(HasSettings).Select(s => s.Key)]);
        var routes = new RouteOptions(Section("Routes"));
        routes.RefuseUnknown([.. providers.Select(p => p.Provider.Name)]);
        return new()
        {
            Library = new LibraryOptions { Home = home },
            Inputs = new InputOptions(Section("Inputs")),
            Budget = new BudgetOptions(Section("Budget")),
            Routes = routes,
            Jobs = new RunnerOptions(Section("Jobs")),
            Node = new NodeOptions(Section("Node")),
            Postgres = new PostgresOptions(Section("Storage")),
            S3 = new S3Options(Section("Storage:S3")),
            Ffmpeg = new FfmpegPrograms(Section("Media")),
            Http = http,
            Providers = providers,
        };
    }

    // A value where a section stands is told as what nobody reads.
    private static bool HasSettings(IConfigurationSection section) => section.GetChildren().Any();

    private SettingsSection Section(string path)
    {
        var section = new SettingsSection(path, key => configuration[key]);
        sections.Add(section);
        return section;
    }

    // What nobody reads was written for something: a name with a slip, or a value where a section stands.
    private IEnumerable<string> Unknown() => configuration
        .AsEnumerable()
        .Where(s => s.Value is not null && !sections.Any(known => known.Knows(s.Key)))
        .Select(s => $"{ForeignText.Line(s.Key, 80)} is no setting{Near(s.Key)}");

    private string Near(string key) => sections.FirstOrDefault(s => IsUnder(key, s.Path) || IsUnder(s.Path, key)) switch
    {
        null => $"; there are {string.Join(", ", sections.Select(s => s.Path))}",
        var near when IsUnder(near.Path, key) => $"; it holds settings such as {near.Path}:{near.Names[0]}",
        var near => $"; {near.Path} has {string.Join(", ", near.Names)}",
    };

    private static bool IsUnder(string key, string path) => $"{key}:".StartsWith($"{path}:", StringComparison.OrdinalIgnoreCase);
}

using System.Text.Json;
using McpI2V.Media;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Motion;

/// <summary>All presets: the program's own, overridden and extended by the user's <c>presets.json</c> and by what was saved.</summary>
/// <param name="library">Where presets.json lies.</param>
/// <param name="saved">What was saved by talking; null: nothing.</param>
public sealed class PresetCatalogue(LibraryOptions library, PresetStore? saved = null)
{
    private readonly Lazy<IReadOnlyList<Preset>> presets = new(() => Load(library), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Every preset.</summary>
    /// <exception cref="I2VException">The user's presets.json can't be read.</exception>
    public IReadOnlyList<Preset> All => saved?.All() is { Count: > 0 } own
        ? [.. own, .. presets.Value.Where(p => own.All(o => o.Name != PresetStore.NameOf(p.Name)))]
        : presets.Value;

    /// <summary>The preset of this name; null if there is none.</summary>
    public Preset? Find(string name) => All.FirstOrDefault(p => PresetStore.NameOf(p.Name) == PresetStore.NameOf(name));

    /// <summary>The preset of this name.</summary>
    /// <exception cref="I2VException">There is none; the message lists those that are.</exception>
    public Preset Get(string name, string argument = "preset") =>
        Find(name)
        ?? throw I2VException.Invalid(argument,
            $"{argument} is {ForeignText.Quote(name, 60)}; there are {string.Join(", ", All.Select(p => p.Name))}. Nothing was spent.");

    private static List<Preset> Load(LibraryOptions library)
    {
        using var stream = typeof(PresetCatalogue).Assembly.GetManifestResourceStream("presets.json")
            ?? throw new InvalidOperationException("presets.json is missing from the program");
        var own = JsonSerializer.Deserialize(stream, MotionJson.Default.PresetFile)!.Presets;
        var users = Users(Path.Combine(library.Home, "presets.json"));
        return [.. users, .. own.Where(o => users.All(u => u.Name != o.Name))];
    }

    private static Preset[] Users(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        try
        {
            var users = JsonSerializer.Deserialize(File.ReadAllText(path), MotionJson.Default.PresetFile)?.Presets ?? [];
            var wrong = users.FirstOrDefault(p => p?.Name is null
                || SnakeCase.Parse<CameraMove>(p.Move) is null
                || SnakeCase.Parse<Easing>(p.Easing) is null
                || p.Strength is < 0 or > 1);
            return wrong is null && !users.Contains(null!)
                ? users
                : throw I2VException.Invalid("presets.json", $"{path}: the preset {ForeignText.Quote(wrong?.Name, 60)} needs a name, " +
                    $"a move of {SnakeCase.All<CameraMove>()}, an easing of {SnakeCase.All<Easing>()} and a strength from 0 to 1.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw I2VException.Invalid("presets.json", $"{path} can't be read: {e.Message} Correct it, or move it away.");
        }
    }
}

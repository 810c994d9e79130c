using System.Globalization;
using System.Numerics;

namespace McpI2V.Media;

/// <summary>
/// A section of the user's settings, from which a type of options reads itself: the initialiser of a property names the setting, its
/// default and what is allowed, and is its one declaration. What is not allowed is noted as a fault, and the default stands.
/// </summary>
/// <param name="path">The section, such as <c>Http</c> or <c>Providers:Fal</c>.</param>
/// <param name="find">The text of a setting by its whole key, an item of a list by <c>key:0</c> and on; null: not set.</param>
public sealed class SettingsSection(string path, Func<string, string?> find)
{
    private readonly List<string> faults = [];
    private readonly List<string> names = [];
    private readonly HashSet<string> keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A section in which nothing is set.</summary>
    public static SettingsSection Unset => new("", _ => null);

    /// <summary>The section's name.</summary>
    public string Path => path;

    /// <summary>The settings that were asked for, in that order: those that there are.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>What is wrong: setting, variable, value, what is allowed. A value that may be secret is not in it.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>True for the whole key of a setting, or of an item of one, that was asked for.</summary>
    public bool Knows(string key) => keys.Contains(key);

    /// <summary>A text; null unless set.</summary>
    public string? Text(string name) => Declared(name) is { Length: > 0 } text ? text : null;

    /// <summary>A number within its range.</summary>
    public T Number<T>(string name, T unlessSet, T from, T to)
        where T : struct, INumber<T> => Number(name, from, to) ?? unlessSet;

    /// <summary>A number within its range; null unless set.</summary>
    public T? Number<T>(string name, T from, T to)
        where T : struct, INumber<T>
    {
        if (Text(name) is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        if (T.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value)
            && value >= from
            && value <= to)
        {
            return value;
        }
        var kind = typeof(T) == typeof(int) ? "a whole number" : "a number";
        Refuse(
            name,
            string.Create(CultureInfo.InvariantCulture, $"is {ForeignText.Quote(text, 60)}; {kind} from {from} to {to} is allowed"));
        return null;
    }

    /// <summary>A time in seconds within its range.</summary>
    public TimeSpan Seconds(string name, double unlessSet, double from, double to) =>
        TimeSpan.FromSeconds(Number(name, unlessSet, from, to));

    /// <summary>A time in minutes within its range.</summary>
    public TimeSpan Minutes(string name, double unlessSet, double from, double to) =>
        TimeSpan.FromMinutes(Number(name, unlessSet, from, to));

    /// <summary>A number of bytes, set in megabytes of 1,000,000, within its range.</summary>
    public long Megabytes(string name, double unlessSet, double from, double to) =>
        (long)(Number(name, unlessSet, from, to) * 1_000_000);

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool unlessSet)
    {
        if (Text(name) is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return unlessSet;
        }
        if (bool.TryParse(text, out var value))
        {
            return value;
        }
        Refuse(name, $"is {ForeignText.Quote(text, 60)}; true or false is allowed");
        return unlessSet;
    }

    /// <summary>One of several words, in whatever case; the first of them unless set.</summary>
    public string OneOf(string name, params IReadOnlyList<string> allowed)
    {
        if (Text(name) is not { } text)
        {
            return allowed[0];
        }
        if (allowed.FirstOrDefault(a => a.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }
        Refuse(name, $"is {ForeignText.Quote(text, 60)}; {string.Join(", ", allowed.SkipLast(1))} or {allowed[^1]} is allowed");
        return allowed[0];
    }

    /// <summary>Several texts: one with commas, semicolons or spaces between, as a variable holds it, or a list, as a file may.</summary>
    public IReadOnlyList<string> List(string name) => Several(name, [',', ';', ' ']) ?? [];

    /// <summary>Several folders, separated as in PATH, or a list; null unless set.</summary>
    public IReadOnlyList<string>? Folders(string name) =>
        Several(name, [System.IO.Path.PathSeparator]) is { } folders ? [.. folders.Select(System.IO.Path.GetFullPath)] : null;

    /// <summary>An address; null unless set.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="isAllowed">Which ones are allowed.</param>
    /// <param name="allowed">What is allowed, in words after "is no".</param>
    public Uri? Address(string name, Func<Uri, bool> isAllowed, string allowed) =>
        Text(name) is { } text ? Address(name, text, isAllowed, allowed) : null;

    /// <summary>Several addresses, as <see cref="List"/> reads them.</summary>
    public IReadOnlyList<Uri> Addresses(string name, Func<Uri, bool> isAllowed, string allowed) =>
        [.. List(name).Select(text => Address(name, text, isAllowed, allowed)).OfType<Uri>()];

    /// <summary>Notes that a setting's value is not allowed.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="why">What it is and what is allowed, as the rest of a sentence.</param>
    public void Refuse(string name, string why) =>
        faults.Add($"{path}:{name} (I2V__{path.Replace(":", "__", StringComparison.Ordinal)}__{name}) {why}");

    // The text is not repeated: it may hold a password.
    private Uri? Address(string name, string text, Func<Uri, bool> isAllowed, string allowed)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri is { UserInfo: "", Query: "", Fragment: "" }
            && isAllowed(uri))
        {
            return uri;
        }
        Refuse(name, $"is no {allowed}");
        return null;
    }

    private string[]? Several(string name, char[] separators)
    {
        // An empty one is a list of none, and not the usual one.
        var text = Declared(name);
        List<string> items = [];
        while (Find($"{name}:{items.Count}") is { } item)
        {
            items.Add(item);
        }
        return items.Count > 0
            ? [.. items]
            : text?.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private string? Declared(string name)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }
        return Find(name);
    }

    private string? Find(string name)
    {
        var key = $"{path}:{name}";
        keys.Add(key);
        return find(key);
    }
}

using System.Globalization;
using System.Text.Json;

namespace McpI2V.Media.Clips;

/// <summary>Reads the members of one entry of <c>operations[]</c>; every fault names the member and what is allowed.</summary>
public sealed class OperationReader(JsonElement step, IOperationSources sources)
{
    private readonly HashSet<string> read = ["op"];

    /// <summary>Finds the assets it names.</summary>
    public IOperationSources Sources { get; } = sources;

    /// <summary>True if the member is there and not null.</summary>
    public bool Has(string name)
    {
        read.Add(name);
        return step.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>A number in a range, or null.</summary>
    public double? Number(string name, double low, double high)
    {
        if (!Has(name))
        {
            return null;
        }
        var value = step.GetProperty(name);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)
            || number < low
            || number > high)
        {
            throw Fault($"{name} is {Shown(value)}; a number from {low:0.###} to {high:0.###} is allowed");
        }
        return number;
    }

    /// <summary>A whole number in a range, or null.</summary>
    public int? Whole(string name, int low, int high)
    {
        var number = Number(name, low, high);
        return number is null || number == Math.Floor(number.Value)
            ? (int?)number
            : throw Fault($"{name} is {number:0.###}; a whole number from {low} to {high} is allowed");
    }

    /// <summary>A time in seconds, zero to ten minutes, or null.</summary>
    public TimeSpan? Time(string name) =>
        Number(name, 0, ClipShape.Longest.TotalSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>A yes or no; no unless given.</summary>
    public bool Flag(string name)
    {
        if (!Has(name))
        {
            return false;
        }
        return step.GetProperty(name) switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            var other => throw Fault($"{name} is {Shown(other)}; true or false is allowed"),
        };
    }

    /// <summary>A text of at most <paramref name="longest"/> characters, or null.</summary>
    public string? Text(string name, int longest = 500)
    {
        if (!Has(name))
        {
            return null;
        }
        var value = step.GetProperty(name);
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Fault($"{name} is {Shown(value)}; a text is needed");
        }
        var text = value.GetString()!;
        return text.Length <= longest ? text : throw Fault($"{name} has {text.Length} characters; at most {longest} are allowed");
    }

    /// <summary>One of a list of words.</summary>
    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum => Text(name) is { } text
            ? SnakeCase.Parse<T>(text) ?? throw WrongWord(name, text, [.. SnakeCase.Words<T>()])
            : otherwise;

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!Has(name))
        {
            return [];
        }
        var value = step.GetProperty(name);
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String))
        {
            throw Fault($"{name} is {Shown(value)}; a list of texts is needed");
        }
        return [.. value.EnumerateArray().Select(v => v.GetString()!)];
    }

    /// <summary>A list of numbers in a range.</summary>
    public IReadOnlyList<double> Numbers(string name, double low, double high)
    {
        if (!Has(name))
        {
            return [];
        }
        var value = step.GetProperty(name);
        var numbers = value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.NaN).ToList()
            : [double.NaN];
        return numbers.TrueForAll(n => n >= low && n <= high)
            ? numbers
            : throw Fault($"{name} is {Shown(value)}; a list of numbers from {low:0.###} to {high:0.###} is needed");
    }

    /// <summary>A list of objects, each read like a step.</summary>
    public IReadOnlyList<OperationReader> Items(string name)
    {
        if (!Has(name))
        {
            return [];
        }
        var value = step.GetProperty(name);
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.Object))
        {
            throw Fault($"{name} is {Shown(value)}; a list of objects is needed");
        }
        return [.. value.EnumerateArray().Select(v => new OperationReader(v, Sources))];
    }

    /// <summary>Refuses members that nothing read: a misspelt one must not be dropped in silence.</summary>
    public void RequireAllRead() => RequireOnly([.. read.Where(n => n != "op")]);

    /// <summary>Refuses members that are not among the known ones, and says which was probably meant.</summary>
    public void RequireOnly(IEnumerable<string> known)
    {
        var unknown = step.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => n != "op" && !known.Contains(n));
        if (unknown is not null)
        {
            var all = string.Join(", ", known);
            throw Fault($"there is no member {ForeignText.Quote(unknown, 60)}.{NearestWord.Ask(unknown, known)} " +
                (all.Length == 0 ? "It takes none" : $"It takes {all}"));
        }
    }

    /// <summary>Reads a part of this step, which its errors name.</summary>
    internal static T In<T>(string part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (MediaException e) when (e.Fault == MediaFault.OutOfRange)
        {
            throw Fault($"{part}: {e.Message}");
        }
    }

    /// <summary>An error about this step.</summary>
    public static MediaException Fault(string message) => new(MediaFault.OutOfRange, message);

    /// <summary>An error about a member that must be there.</summary>
    public static MediaException Missing(string name, string meaning, string allowed) => Fault($"{name} is missing: {meaning}, {allowed}");

    /// <summary>An error about a word that is none of those known.</summary>
    public static MediaException WrongWord(string name, string text, IReadOnlyList<string> known) =>
        Fault($"{name} is {ForeignText.Quote(text, 60)}.{NearestWord.Ask(text, known)} One of {string.Join(", ", known)} is allowed");

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "...";
    }
}

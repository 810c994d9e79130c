using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Media;

namespace McpI2V.Tools.Arguments;

/// <summary>Reads a tool's arguments; every fault names the argument, its value and what is allowed, before anything is spent.</summary>
internal sealed class ArgumentReader(IReadOnlyDictionary<string, JsonElement> values)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private const int LongestReference = 800_000_000;

    /// <summary>True if the argument was given.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text, or null.</summary>
    public string? Text(string name, int longest = 10_000)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value, "a text is needed");
        return text.Length <= longest
            ? text
            : throw I2VException.Invalid(name, $"{name} has {text.Length} characters; at most {longest} are allowed. Nothing was spent.");
    }

    /// <summary>A text that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="meaning">What it means, for whoever left it out.</param>
    /// <param name="longest">The most characters.</param>
    public string Required(string name, string meaning, int longest = 10_000)
    {
        var text = Text(name, longest);
        return string.IsNullOrWhiteSpace(text)
            ? throw I2VException.Invalid(name, $"{name} is missing: {meaning.TrimEnd('.')}. Nothing was spent.")
            : text;
    }

    /// <summary>An asset reference: a data URI may be long.</summary>
    public string? Reference(string name) => Text(name, LongestReference);

    /// <summary>A number in a range, or null; a number written as a text is taken.</summary>
    public double? Number(string name, double low, double high, string? hint = null) =>
        Find(name) is { } value ? Number(name, value, low, high, hint) : null;

    /// <summary>A list of numbers in a range; empty if it was not given.</summary>
    public IReadOnlyList<double> Numbers(string name, double low, double high, int most) =>
        [.. Items(name, most).Select(item => Number(name, item, low, high, hint: null))];

    /// <summary>A whole number in a range, or null.</summary>
    public long? Whole(string name, long low, long high) => Number(name, low, high) is { } number
        ? number == Math.Floor(number)
        ? (long)number
        : throw I2VException.Invalid(name, $"{name} is {number:0.###}; a whole number from {low} to {high} is allowed. Nothing was spent.")
        : null;

    /// <summary>A yes or no; no unless given.</summary>
    public bool Flag(string name) => Find(name) is { } value && value switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } when bool.TryParse(value.GetString(), out var flag) => flag,
        _ => throw Wrong(name, value, "true or false is allowed"),
    };

    /// <summary>One of a list of words.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum => Text(name) is { } text
            ? SnakeCase.Parse<T>(text)
            ?? throw I2VException.Invalid(name, $"{name} is {ForeignText.Quote(text, 60)}; one of {SnakeCase.All<T>()} is allowed. " +
                "Nothing was spent.")
            : null;

    /// <summary>A list of texts; one text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string name, int most, int longest = 10_000)
    {
        List<string> texts = [];
        foreach (var item in Items(name, most))
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, item, "a list of texts is needed");
            texts.Add(text.Length <= longest
                ? text
                : throw I2VException.Invalid(name,
                    $"{name} holds a text of {text.Length} characters; at most {longest} are allowed. Nothing was spent."));
        }
        return texts;
    }

    /// <summary>A list of asset references.</summary>
    public IReadOnlyList<string> ReferenceList(string name, int most) => Texts(name, most, LongestReference);

    /// <summary>A list of anything.</summary>
    public IReadOnlyList<JsonElement> Items(string name, int most)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }
        var list = Unwrapped(value);
        IReadOnlyList<JsonElement> items = list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [list];
        return items.Count <= most
            ? items
            : throw I2VException.Invalid(name, $"{name} has {items.Count} entries; at most {most} are allowed. Nothing was spent.");
    }

    /// <summary>An object; empty if it was not given.</summary>
    public JsonObject Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }
        var unwrapped = Unwrapped(value);
        return unwrapped.ValueKind == JsonValueKind.Object
            ? JsonNode.Parse(unwrapped.GetRawText())!.AsObject()
            : throw Wrong(name, value, "an object is needed");
    }

    /// <summary>The argument as it stands, unwrapped if a client sent JSON as a text; null if it was not given.</summary>
    public JsonElement? Raw(string name) => Find(name) is { } value ? Unwrapped(value) : null;

    /// <summary>Of some arguments those that were given, as they stand.</summary>
    public JsonObject Given(IEnumerable<string> names)
    {
        JsonObject given = [];
        foreach (var name in names.Where(Has))
        {
            given[name] = JsonNode.Parse(Raw(name)!.Value.GetRawText());
        }
        return given;
    }

    /// <summary>These arguments, and others where these are silent.</summary>
    public ArgumentReader Over(JsonObject others)
    {
        var all = others.ToDictionary(o => o.Key, o => JsonElement.Parse(o.Value?.ToJsonString() ?? "null"));
        foreach (var (name, value) in values.Where(v => Has(v.Key)))
        {
            all[name] = value;
        }
        return new ArgumentReader(all);
    }

    /// <summary>Refuses arguments that were not declared: a misspelt one must not be dropped in silence.</summary>
    /// <param name="declared">Those that there are.</param>
    /// <param name="of">What they are of: a name of an argument that is an object; null: the tool.</param>
    public void RequireKnown(IReadOnlyList<IArgument> declared, string? of = null)
    {
        var unknown = values.Keys.Where(k => declared.All(d => d.Name != k)).ToList();
        if (unknown.Count > 0)
        {
            var known = declared.Select(d => d.Name).ToList();
            var told = string.Join(", ", unknown.Take(5).Select(u => ForeignText.Line(u, 40)));
            throw I2VException.Invalid(of is null ? ForeignText.Line(unknown[0], 40) : $"{of}.{ForeignText.Line(unknown[0], 40)}",
                $"{told}{(unknown.Count > 5 ? $" and {unknown.Count - 5} more" : "")} " +
                    $"{(unknown.Count == 1 ? "is no argument" : "are no arguments")} of {of ?? "this tool"}." +
                    $"{NearestWord.Ask(unknown[0], known)} There are {string.Join(", ", known)}. Nothing was spent.");
        }
    }

    private JsonElement? Find(string name) =>
        values.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? WithoutDoubles(name, value)
            : null;

    private static double Number(string name, JsonElement value, double low, double high, string? hint)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return double.TryParse(text, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && number >= low
            && number <= high
            ? number
            : throw Wrong(name, value, $"a number from {low:0.###} {(high < double.MaxValue ? $"to {high:0.###}" : "on")} is " +
                $"allowed{(hint is null ? "" : $": {hint}")}");
    }

    // Which of two members with one name was meant nobody knows.
    private static JsonElement WithoutDoubles(string name, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return value;
        }
        try
        {
            using var read = JsonDocument.Parse(value.GetRawText(), Strict);
            return value;
        }
        catch (JsonException)
        {
            throw I2VException.Invalid(name, $"{name} has a member twice, or is nested too deep; give each name once. Nothing was spent.");
        }
    }

    // Some models send a list or an object as a text that holds JSON.
    private static JsonElement Unwrapped(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString()!.TrimStart() is not ['[' or '{', ..] text)
        {
            return value;
        }
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private static I2VException Wrong(string name, JsonElement value, string allowed)
    {
        var raw = value.GetRawText();
        return I2VException.Invalid(name, $"{name} is {(raw.Length <= 60 ? raw : raw[..60] + "...")}; {allowed}. Nothing was spent.");
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Clips.Grammar;

/// <summary>The kinds of members that operations have.</summary>
internal static class Members
{
    /// <summary>Reads a word of a small vocabulary.</summary>
    public delegate bool Parse<T>(string? text, out T value);

    private static double Longest => ClipShape.Longest.TotalSeconds;

    public static Member<double> Number(string name, string meaning, double low, double high, double otherwise) => new(
        name,
        meaning,
        Otherwise(Ranged("number", low, high), otherwise),
        $"{Range(low, high)}; {Shown(otherwise)} unless given",
        reader => reader.Number(name, low, high) ?? otherwise);

    public static Member<double> RequiredNumber(string name, string meaning, double low, double high) => new(
        name,
        meaning,
        Ranged("number", low, high),
        Range(low, high),
        reader => reader.Number(name, low, high) ?? throw OperationReader.Missing(name, meaning, $"a number from {Range(low, high)}"))
    {
        IsRequired = true,
    };

    public static Member<int> Whole(string name, string meaning, int low, int high, int otherwise) => new(
        name,
        meaning,
        Otherwise(Ranged("integer", low, high), otherwise),
        $"{Range(low, high)}; {otherwise} unless given",
        reader => reader.Whole(name, low, high) ?? otherwise);

    /// <summary>A length of the clip's time in seconds; none unless given.</summary>
    public static Member<TimeSpan> Time(string name, string meaning) => new(
        name,
        meaning,
        Ranged("number", 0, Longest),
        $"{Range(0, Longest)}; 0 unless given",
        reader => reader.Time(name) ?? TimeSpan.Zero)
    {
        SpeaksForItself = true,
    };

    /// <summary>A moment of the clip in seconds, below zero from its end; its start unless given.</summary>
    public static Member<ClipMoment> Moment(string name, string meaning) => new(
        name,
        meaning,
        Ranged("number", -Longest, Longest),
        $"{Range(-Longest, Longest)}, below 0 from the clip's end; 0 unless given",
        reader => MomentIn(reader, name) ?? ClipMoment.Start)
    {
        SpeaksForItself = true,
    };

    public static Member<ClipMoment> RequiredMoment(string name, string meaning) => new(
        name,
        meaning,
        Ranged("number", -Longest, Longest),
        $"{Range(-Longest, Longest)}, below 0 from the clip's end",
        reader => MomentIn(reader, name) ?? throw OperationReader.Missing(name, meaning, "seconds from the clip's start"))
    {
        IsRequired = true,
        SpeaksForItself = true,
    };

    /// <summary>A moment of the clip in seconds, below zero from its end; its end unless given.</summary>
    public static Member<ClipMoment?> MomentOrEnd(string name, string meaning) => new(
        name,
        meaning,
        Ranged("number", -Longest, Longest),
        $"{Range(-Longest, Longest)}, below 0 from the clip's end; its end unless given",
        reader => MomentIn(reader, name))
    {
        SpeaksForItself = true,
    };

    /// <summary>A length in seconds.</summary>
    public static Member<TimeSpan> Seconds(string name, string meaning, double low, double high, double otherwise) => new(
        name,
        meaning,
        Otherwise(Ranged("number", low, high), otherwise),
        $"{Range(low, high)}; {Shown(otherwise)} unless given",
        reader => TimeSpan.FromSeconds(reader.Number(name, low, high) ?? otherwise));

    public static Member<bool> Flag(string name, string meaning) =>
        new(name, meaning, Typed("boolean"), "true or false; false unless given", reader => reader.Flag(name));

    public static Member<string> RequiredText(string name, string meaning, int longest)
    {
        var schema = Typed("string");
        schema["maxLength"] = longest;
        return new(
            name,
            meaning,
            schema,
            $"at most {longest} characters",
            reader => reader.Text(name, longest) is { } text && !string.IsNullOrWhiteSpace(text)
                ? text
                : throw OperationReader.Missing(name, meaning, $"a text of at most {longest} characters"))
        {
            IsRequired = true,
            SpeaksForItself = true,
        };
    }

    public static Member<string?> TextOrNone(string name, string meaning, int longest)
    {
        var schema = Typed("string");
        schema["maxLength"] = longest;
        return new(
            name,
            meaning,
            schema,
            $"at most {longest} characters",
            reader => reader.Text(name, longest) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null)
        {
            IsFine = true,
        };
    }

    public static Member<double?> NumberOrNone(string name, string meaning, double low, double high) =>
        new(name, meaning, Ranged("number", low, high), Range(low, high), reader => reader.Number(name, low, high)) { IsFine = true };

    /// <summary>A colour, as people write them.</summary>
    public static Member<Colour?> ColourOrNone(string name, string meaning) => new(
        name,
        meaning,
        Written("^(#?[0-9a-fA-F]{6}|[a-z]+)$"),
        "#rrggbb or a name",
        reader => reader.Text(name, 30) is not { } text
            ? null
            : Colour.TryParse(text, out var colour)
                ? colour
                : throw OperationReader.Fault($"{name} is {ForeignText.Quote(text, 30)}; #rrggbb or one of " +
                    $"{string.Join(", ", Colour.Names)} is allowed"))
    {
        IsFine = true,
    };

    public static Member<T> Choice<T>(string name, string meaning, T otherwise, string? saidBy = null)
        where T : struct, Enum => new(
            name,
            meaning,
            Otherwise(Words(SnakeCase.Words<T>()), SnakeCase.From(otherwise)),
            $"{SnakeCase.All<T>()}; {SnakeCase.From(otherwise)} unless given",
            reader => reader.Choice(name, otherwise))
        {
            SpeaksForItself = true,
            SaidBy = saidBy,
        };

    public static Member<T?> ChoiceOrNone<T>(string name, string meaning, bool isFine = false)
        where T : struct, Enum => new(
            name,
            meaning,
            Words(SnakeCase.Words<T>()),
            SnakeCase.All<T>(),
            reader => reader.Has(name) ? reader.Choice(name, default(T)) : null)
        {
            IsFine = isFine,
        };

    /// <summary>A word that a type parses, and what holds where none is given.</summary>
    public static Member<T> Word<T>(string name, string meaning, IEnumerable<string> words, Parse<T> parse, T otherwise)
        where T : notnull
    {
        List<string> known = [.. words];
        return new(
            name,
            meaning,
            Otherwise(Words(known), otherwise.ToString()!),
            $"{string.Join(", ", known)}; {otherwise} unless given",
            reader => reader.Text(name) is not { } text
                ? otherwise
                : parse(text, out var value) ? value : throw OperationReader.WrongWord(name, text, known))
        {
            SpeaksForItself = true,
        };
    }

    /// <summary>A word that a type parses.</summary>
    public static Member<T> RequiredWord<T>(string name, string meaning, IEnumerable<string> words, Parse<T> parse)
    {
        List<string> known = [.. words];
        var all = string.Join(", ", known);
        return new(
            name,
            meaning,
            Words(known),
            all,
            reader => reader.Text(name) is { } text
                ? parse(text, out var value) ? value : throw OperationReader.WrongWord(name, text, known)
                : throw OperationReader.Missing(name, meaning, $"one of {all}"))
        {
            IsRequired = true,
            SpeaksForItself = true,
        };
    }

    public static Member<StillSource> Still(string name, string meaning) => Asset(name, meaning, "a still", (s, h) => s.Still(h));

    public static Member<AudioSource> Sound(string name, string meaning) =>
        Asset(name, meaning, "a sound, or a clip with sound", (s, h) => s.Audio(h));

    public static Member<IReadOnlyList<ClipSource>> Clips(string name, string meaning, int most)
    {
        IReadOnlyList<string> Handles(OperationReader reader)
        {
            var handles = reader.Texts(name);
            return handles.Count >= 1 && handles.Count <= most
                ? handles
                : throw OperationReader.Fault($"{name} has {handles.Count} entries; 1 to {most} clips are needed");
        }
        return new(
            name,
            meaning,
            Listed(Typed("string"), most),
            $"1 to {most} clips",
            reader => [.. Handles(reader).Select(reader.Sources.Clip)],
            reader => Handles(reader))
        {
            IsRequired = true,
            SpeaksForItself = true,
            NamesAssets = true,
        };
    }

    /// <summary>Lengths in seconds, in order; none unless given.</summary>
    public static Member<IReadOnlyList<double>> Lengths(string name, string meaning, int most) => new(
        name,
        meaning,
        Listed(Ranged("number", 0, Longest), most),
        $"1 to {most} lengths of {Range(0, Longest)}; none unless given",
        reader => reader.Numbers(name, 0, Longest) is var lengths && lengths.Count <= most && (lengths.Count > 0 || !reader.Has(name))
            ? lengths
            : throw OperationReader.Fault($"{name} has {lengths.Count} lengths; 1 to {most} are allowed"))
    {
        SpeaksForItself = true,
    };

    /// <summary>A list of objects with members of their own.</summary>
    public static Member<IReadOnlyList<T>> List<T>(
        string name,
        string meaning,
        int most,
        IReadOnlyList<Member> members,
        Func<OperationReader, T> read)
    {
        var names = string.Join(", ", members.Select(m => m.Name));
        return new(
            name,
            meaning,
            Listed(Object([], members), most),
            $"1 to {most} objects of {names}",
            reader =>
            {
                var items = reader.Items(name);
                return items.Count >= 1 && items.Count <= most
                    ? [.. items.Select((item, i) => OperationReader.In($"{name}[{i}]", () =>
                    {
                        item.RequireOnly(members.Select(m => m.Name));
                        return read(item);
                    }))]
                    : throw OperationReader.Fault($"{name} has {items.Count} entries; 1 to {most} objects of {names} are needed");
            })
        {
            IsRequired = true,
            SpeaksForItself = true,
        };
    }

    /// <summary>The schema of an object with these members and no others.</summary>
    public static JsonObject Object(JsonObject properties, IReadOnlyList<Member> members)
    {
        foreach (var member in members)
        {
            properties[member.Name] = member.Schema();
        }
        var schema = new JsonObject { ["properties"] = properties };
        if (members.Any(m => m.IsRequired))
        {
            schema["required"] = new JsonArray([.. members.Where(m => m.IsRequired).Select(m => JsonValue.Create(m.Name))]);
        }
        schema["additionalProperties"] = false;
        return schema;
    }

    private static Member<T> Asset<T>(string name, string meaning, string kind, Func<IOperationSources, string, T> find)
    {
        // Before it is imported it may be a data URI, which is long; after that it is a handle.
        string Reference(OperationReader reader, int longest) => reader.Text(name, longest) is { Length: > 0 } text
            ? text
            : throw OperationReader.Missing(name, meaning, kind);
        return new(
            name,
            meaning,
            Typed("string"),
            kind,
            reader => find(reader.Sources, Reference(reader, 500)),
            reader => Reference(reader, int.MaxValue))
        {
            IsRequired = true,
            SpeaksForItself = true,
            NamesAssets = true,
        };
    }

    private static ClipMoment? MomentIn(OperationReader reader, string name) =>
        reader.Number(name, -Longest, Longest) is { } seconds ? new ClipMoment(TimeSpan.FromSeconds(seconds)) : null;

    private static JsonObject Written(string pattern)
    {
        var schema = Typed("string");
        schema["pattern"] = pattern;
        return schema;
    }

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static JsonObject Ranged(string type, double low, double high)
    {
        var schema = Typed(type);
        schema["minimum"] = low;
        schema["maximum"] = high;
        return schema;
    }

    private static JsonObject Words(IEnumerable<string> words) =>
        new() { ["enum"] = new JsonArray([.. words.Select(w => JsonValue.Create(w))]) };

    private static JsonObject Listed(JsonObject items, int most)
    {
        var schema = Typed("array");
        schema["items"] = items;
        schema["minItems"] = 1;
        schema["maxItems"] = most;
        return schema;
    }

    // A number that is 0 unless given changes nothing, which goes without saying.
    private static JsonObject Otherwise(JsonObject schema, JsonNode otherwise)
    {
        if (otherwise.ToJsonString() != "0")
        {
            schema["default"] = otherwise;
        }
        return schema;
    }

    private static string Range(double low, double high) => $"{Shown(low)} to {Shown(high)}";

    private static string Shown(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

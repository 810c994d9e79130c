using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Media;

namespace McpI2V.Tools.Arguments;

/// <summary>The kinds of arguments. A range is written once, here where the argument is declared.</summary>
internal static class Argument
{
    // More than anybody spends, and less than a decimal holds.
    private const double MostUsd = 1_000_000_000;
    private const string AnyReference = "handle, path, URL or data URI";

    /// <summary>A text; null if it is not given.</summary>
    public static Argument<string?> Text(string name, string description, int? longest = null) => new(
        name,
        () => Schemas.Text(description, longest),
        longest is { } most ? arguments => arguments.Text(name, most) : arguments => arguments.Text(name));

    /// <summary>A text that every call needs.</summary>
    public static Argument<string> RequiredText(string name, string description, int? longest = null) => new(
        name,
        () => Schemas.Text(description, longest),
        arguments => longest is { } most ? arguments.Required(name, description, most) : arguments.Required(name, description))
    {
        IsRequired = true,
    };

    /// <summary>True or false; false if it is not given.</summary>
    public static Argument<bool> Flag(string name, string description) => new(
        name,
        () => Schemas.Typed("boolean", description),
        arguments => arguments.Flag(name));

    /// <summary>One of an enumeration's words; null if it is not given.</summary>
    public static Argument<T?> Choice<T>(string name, string description)
        where T : struct, Enum => new(
            name,
            () => Schemas.Choice(description, SnakeCase.Words<T>()),
            arguments => arguments.Choice<T>(name));

    /// <summary>One of an enumeration's words, and what holds where none is given.</summary>
    public static Argument<T> Choice<T>(string name, string description, T otherwise)
        where T : struct, Enum => new(
            name,
            () => Schemas.Choice(description, SnakeCase.Words<T>()),
            arguments => arguments.Choice<T>(name) ?? otherwise);

    /// <summary>One of some words; null if it is not given.</summary>
    public static Argument<string?> Word(string name, string description, IReadOnlyList<string> words) => new(
        name,
        () => Schemas.Choice(description, words),
        arguments => arguments.Text(name) is not { } text || words.Contains(text) ? arguments.Text(name) : throw I2VException.Invalid(
            name,
            $"{name} is {ForeignText.Quote(text, 60)}; one of {string.Join(", ", words)} is allowed. Nothing was spent."));

    /// <summary>A number; null if it is not given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it means.</param>
    /// <param name="low">The least that is allowed.</param>
    /// <param name="high">The most that is allowed.</param>
    /// <param name="hint">What else a refusal says.</param>
    public static Argument<double?> Number(string name, string description, double low, double high, string? hint = null) => new(
        name,
        () => Schemas.Number("number", description, low, high),
        arguments => arguments.Number(name, low, high, hint));

    /// <summary>A whole number; null if it is not given.</summary>
    public static Argument<long?> Whole(string name, string description, long low, long high) => new(
        name,
        () => Schemas.Number("integer", description, low, high),
        arguments => arguments.Whole(name, low, high));

    /// <summary>Dollars; null if they are not given.</summary>
    public static Argument<decimal?> Dollars(string name, string description) => new(
        name,
        () => Schemas.Number("number", description, 0),
        arguments => arguments.Number(name, 0, double.MaxValue) is { } usd ? (decimal)Math.Min(usd, MostUsd) : null);

    /// <summary>Numbers; empty if none is given.</summary>
    public static Argument<IReadOnlyList<double>> Numbers(string name, string description, double low, double high, int most) => new(
        name,
        () => Schemas.List(description, Schemas.Number("number", null, low, high), most),
        arguments => arguments.Numbers(name, low, high, most));

    /// <summary>Texts; empty if none is given.</summary>
    public static Argument<IReadOnlyList<string>> Texts(
        string name,
        string description,
        int most,
        IEnumerable<string>? words = null) => new(
            name,
            () => Schemas.List(description, words is null ? Schemas.Typed("string") : Schemas.Choice(null, words), most),
            arguments => arguments.Texts(name, most));

    /// <summary>A reference to an asset; null if it is not given.</summary>
    public static Argument<string?> Reference(string name, string description) => new(
        name,
        () => Schemas.Text($"{description}: {AnyReference}.", longest: null),
        arguments => arguments.Reference(name));

    /// <summary>References to assets; empty if none is given.</summary>
    public static Argument<IReadOnlyList<string>> References(string name, string description, int most) => new(
        name,
        () => Schemas.List($"{description}; each {AnyReference}.", Schemas.Typed("string"), most),
        arguments => arguments.ReferenceList(name, most));

    /// <summary>An object whose members depend on something else; empty if it is not given.</summary>
    public static Argument<JsonObject> Open(string name, string description) => new(
        name,
        () => Schemas.Typed("object", description),
        arguments => arguments.Object(name));

    /// <summary>A list of which each entry is read by whoever takes it; empty if it is not given.</summary>
    public static Argument<IReadOnlyList<JsonElement>> Items(string name, string description, Func<JsonObject> item, int most) => new(
        name,
        () => Schemas.List(description, item(), most),
        arguments => arguments.Items(name, most));
}

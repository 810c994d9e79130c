using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpI2V.Media;

namespace McpI2V.Engine.Generation;

/// <summary>The language of what is spoken, which is said in <c>options.language</c> and is not the provider's to read there.</summary>
public static partial class SpokenLanguage
{
    private const string Option = "language";

    /// <summary>Takes its ISO 639 code out of options; null: none is said.</summary>
    /// <exception cref="I2VException">It is no code.</exception>
    public static string? Take(JsonObject options)
    {
        var said = options[Option]?.ToString().Trim();
        options.Remove(Option);
        return said is null || Code().IsMatch(said)
            ? said?.ToLowerInvariant()
            : throw I2VException.Invalid("options.language", $"options.language is {ForeignText.Quote(said, 40)}; the code of a " +
                "language is needed, such as en, es, de or ja. Nothing was spent.");
    }

    [GeneratedRegex("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,3}$")]
    private static partial Regex Code();
}

namespace McpI2V.Providers.Schemas;

/// <summary>A model's id that becomes a part of an address: words between slashes.</summary>
internal static class ModelPath
{
    /// <summary>True for a word that may stand in a path.</summary>
    public static bool IsWord(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && word.Any(c => c != '.');

    /// <summary>True for several such words.</summary>
    public static bool IsOne(string id) => id.Split('/') is { Length: > 1 } words && words.All(IsWord);
}

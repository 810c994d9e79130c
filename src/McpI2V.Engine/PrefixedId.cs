using System.Globalization;

namespace McpI2V.Engine;

/// <summary>Reads names of jobs and batches.</summary>
internal static class PrefixedId
{
    public static bool TryParse(string? text, string prefix, string uri, out long id)
    {
        var name = text?.Trim().ToLowerInvariant() ?? "";
        name = name.StartsWith(uri, StringComparison.Ordinal) ? name[uri.Length..] : name;
        id = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && id > 0;
    }
}

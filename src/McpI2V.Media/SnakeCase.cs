using System.Text;

namespace McpI2V.Media;

/// <summary>How a word of the program is spelt in JSON and on the command line: snake_case.</summary>
public static class SnakeCase
{
    /// <summary>The spelling of a value: PushIn is push_in.</summary>
    public static string From<T>(T value)
        where T : struct, Enum => Snake(value.ToString());

    /// <summary>The value with this spelling; case, spaces and hyphens do not matter. Null if there is none.</summary>
    public static T? Parse<T>(string text)
        where T : struct, Enum
    {
        var wanted = text.Trim().Replace('-', '_').Replace(' ', '_');
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(From(value), wanted, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }
        return null;
    }

    /// <summary>All spellings, for a message or a schema.</summary>
    public static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(From);

    /// <summary>All spellings in one text.</summary>
    public static string All<T>()
        where T : struct, Enum => string.Join(", ", Words<T>());

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}

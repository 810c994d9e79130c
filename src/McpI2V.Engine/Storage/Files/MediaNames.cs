using System.Text;

namespace McpI2V.Engine.Storage.Files;

/// <summary>Names of finished media: a person can read them, and every system and store takes them.</summary>
public static class MediaNames
{
    private const int LongestTitle = 48;

    // Culture data is not loaded (it would cost every start), so letters of Latin scripts lose their marks by this table.
    private const string Marked = "àáâãäåāăąçćčďđèéêëēėęěğìíîïīįıłñńňòóôõöøōőřśşšťùúûüūůűųýÿźżž";
    private const string Plain = "aaaaaaaaacccddeeeeeeeegiiiiiiilnnnoooooooorssstuuuuuuuuyyzzz";

    /// <summary>The name of an asset in its store: <c>2026/11/clip-12-slow-push-in-9x16.mp4</c>.</summary>
    public static string NameFor(AssetHandle handle, string title, string extension, DateTimeOffset when) =>
        string.Create(null, $"{when.UtcDateTime:yyyy}/{when.UtcDateTime:MM}/{handle}{Slug(title)}{extension}");

    /// <summary>The name of what is spoken in a clip, beside it.</summary>
    public static string SubtitlesOf(string name) => Path.ChangeExtension(name, ".srt");

    /// <summary>A title as part of a file name, with a leading hyphen; empty if nothing of it can stand in one.</summary>
    private static string Slug(string title)
    {
        var slug = new StringBuilder();
        foreach (var letter in title.ToLowerInvariant())
        {
            var c = Marked.IndexOf(letter) is >= 0 and var at ? Plain[at] : letter;
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
            if (slug.Length >= LongestTitle)
            {
                break;
            }
        }
        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "" : "-" + text;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>The folder of finished media: a file appears in it whole, by one rename, under a name that a person can read.</summary>
public sealed class MediaFolder(LibraryOptions options)
{
    private const int LongestTitle = 48;

    // Culture data is not loaded (it would cost every start), so letters of Latin scripts lose their marks by this table.
    private const string Marked = "àáâãäåāăąçćčďđèéêëēėęěğìíîïīįıłñńňòóôõöøōőřśşšťùúûüūůűųýÿźżž";
    private const string Plain = "aaaaaaaaacccddeeeeeeeegiiiiiiilnnnoooooooorssstuuuuuuuuyyzzz";

    /// <summary>The name, relative to the media folder, of an asset: <c>2026/11/clip-12-slow-push-in-9x16.mp4</c>.</summary>
    public static string NameFor(AssetHandle handle, string title, string extension, DateTimeOffset when) =>
        string.Create(null, $"{when.UtcDateTime:yyyy}/{when.UtcDateTime:MM}/{handle}{Slug(title)}{extension}");

    /// <summary>Where a file of the library lies.</summary>
    /// <exception cref="I2VException">The row names a place outside the media folder.</exception>
    public string PathOf(string file) => RealPaths.Within(options.Media, file);

    /// <summary>True if a row names a place in the media folder.</summary>
    public bool Holds(string file) => RealPaths.TryWithin(options.Media, file) is not null;

    /// <summary>Moves a finished file to its place.</summary>
    public void Publish(string temporary, string file)
    {
        var target = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // A folder on the way may have become a link meanwhile.
        target = PathOf(file);
        using (var finished = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
        {
            finished.Flush(flushToDisk: true);
        }
        File.Move(temporary, target, overwrite: true);
    }

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal.</summary>
    public static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>A title as part of a file name, with a leading hyphen; empty if nothing of it can stand in one.</summary>
    internal static string Slug(string title)
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

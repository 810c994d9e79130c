using System.Text.Json;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Library;

/// <summary>The rows of elements.</summary>
public sealed class ElementStore(LibraryDatabase database, TimeProvider time)
{
    /// <summary>
    /// Saves an element; one of the same name is replaced. False if that one is another's, and the caller may not change it.
    /// </summary>
    public bool Save(Element element, string owner, bool mayChangeOthers) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Elements);
        // As it is found: "Anna" and "anna" are one name.
        var known = s
            .Query("SELECT name, owner FROM elements", r => (Name: r.Text("name"), Owner: r.Text("owner")))
            .FirstOrDefault(e => IsSame(e.Name, element.Name));
        if (known.Name is not null && known.Owner != owner && !mayChangeOthers)
        {
            return false;
        }
        s.Execute(
            """
            INSERT INTO elements (name, owner, description, images, created_at) VALUES (@name, @owner, @description, @images, @now)
            ON CONFLICT (name) DO UPDATE SET description = @description, images = @images, deleted_at = NULL
            """,
            ("@name", known.Name ?? element.Name),
            ("@owner", owner),
            ("@description", element.Description),
            ("@images", JsonSerializer.Serialize([.. element.Images.Select(i => i.ToString())], LibraryJson.Default.StringArray)),
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        return true;
    });

    /// <summary>The element of this name.</summary>
    /// <exception cref="I2VException">There is none; the message lists those that are.</exception>
    public Element Get(string name)
    {
        var all = All();
        return Find(name, all) ?? throw new I2VException(
            ErrorCode.NotFound,
            $"elements names {ForeignText.Quote(name, 60)}, but there is no such " +
                $"element. {(all.Count == 0 ? "None is saved yet" : "Saved are " +
                string.Join(", ", all.Take(50).Select(e => ForeignText.Quote(e.Name, 60))))}; save_element makes one. Nothing was spent.",
            "elements");
    }

    /// <summary>The element of this name; null if there is none.</summary>
    public Element? Find(string name) => Find(name, All());

    /// <summary>All elements that are not in the bin, by name.</summary>
    public IReadOnlyList<Element> All() => database.Read(s => s.Query(
        "SELECT name, description, images FROM elements WHERE deleted_at IS NULL ORDER BY name",
        r => new Element(
            r.Text("name"),
            r.Text("description"),
            [.. JsonSerializer.Deserialize(r.Text("images"), LibraryJson.Default.StringArray)!.Select(Parse)])));

    private static Element? Find(string name, IReadOnlyList<Element> all) => all.FirstOrDefault(e => IsSame(e.Name, name.Trim()));

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static AssetHandle Parse(string text) => AssetHandle.TryParse(text, out var handle) ? handle : default;
}

using System.Text.Json;
using McpI2V.Engine.Storage.Sqlite;

namespace McpI2V.Engine.Library;

/// <summary>The rows of elements.</summary>
public sealed class ElementStore(LibraryDatabase database, TimeProvider time)
{
    /// <summary>Saves an element; one of the same name is replaced.</summary>
    public void Save(Element element) => database.Write(s => s.Execute(
        """
        INSERT INTO elements (name, description, images, created_at) VALUES ($name, $description, $images, $now)
        ON CONFLICT (name) DO UPDATE SET description = $description, images = $images
        """,
        ("$name", element.Name),
        ("$description", element.Description),
        ("$images", JsonSerializer.Serialize([.. element.Images.Select(i => i.ToString())], LibraryJson.Default.StringArray)),
        ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())));

    /// <summary>The element of this name.</summary>
    /// <exception cref="I2VException">There is none; the message lists those that are.</exception>
    public Element Get(string name)
    {
        var all = All();
        return all.FirstOrDefault(e => string.Equals(e.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) ?? throw new I2VException(
            ErrorCode.NotFound,
            $"elements names \"{name}\", but there is no such element. {(all.Count == 0 ? "None is saved yet" : "Saved are " + string.Join(", ", all.Select(e => e.Name)))}; save_element makes one. Nothing was spent.",
            "elements");
    }

    /// <summary>All elements by name.</summary>
    public IReadOnlyList<Element> All() => database.Read(s => s.Query(
        "SELECT name, description, images FROM elements ORDER BY name",
        r => new Element(r.Text("name"), r.Text("description"), [.. JsonSerializer.Deserialize(r.Text("images"), LibraryJson.Default.StringArray)!.Select(Parse)])));

    private static AssetHandle Parse(string text) => AssetHandle.TryParse(text, out var handle) ? handle : default;
}

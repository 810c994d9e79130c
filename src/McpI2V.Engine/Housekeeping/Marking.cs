using System.Globalization;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Housekeeping;

/// <summary>Writes what people say of what is in the library: names, stars, notes, what to keep. No file changes by it.</summary>
public sealed class Marking(LibraryDatabase database, TimeProvider time)
{
    private const string Argument = "value";

    /// <summary>Gives an item another name. Files keep theirs, so that a path that was told stays right.</summary>
    /// <exception cref="I2VException">Another element or preset has the name.</exception>
    public void Rename(LibraryItem item, string name) => database.Write(s =>
    {
        switch (item.Kind)
        {
            case ItemKind.Asset:
                return Set(s, "UPDATE assets SET title = @value WHERE handle = @id", item, name);
            case ItemKind.Batch:
                return Set(s, "UPDATE batches SET name = @value WHERE id = @number", item, name);
            default:
                s.LockForWrite(WriteLock.Elements);
                var isElement = item.Kind == ItemKind.Element;
                var kept = isElement ? name : PresetStore.NameOf(name);
                var all = s.Query(isElement ? "SELECT name FROM elements" : "SELECT name FROM presets", r => r.Text("name"));
                if (all.Any(n => n != item.Id && n.Equals(kept, StringComparison.OrdinalIgnoreCase)))
                {
                    throw I2VException.Invalid(Argument,
                        $"{Argument}: the name {ForeignText.Quote(kept, 60)} is taken, perhaps by one in the bin. Choose another. " +
                            "Nothing was changed.");
                }
                return Set(
                    s,
                    isElement ? "UPDATE elements SET name = @value WHERE name = @id" : "UPDATE presets SET name = @value WHERE name = @id",
                    item,
                    kept);
        }
    });

    /// <summary>Puts a star on an asset or batch, or takes it off.</summary>
    public void Star(LibraryItem item, bool on) => database.Write(s => Set(
        s,
        Table(
            item,
            "star",
            "UPDATE assets SET starred = @value WHERE handle = @id",
            "UPDATE batches SET starred = @value WHERE id = @number"),
        item,
        on ? 1L : 0L));

    /// <summary>Writes a note on an asset or batch; empty: takes it off.</summary>
    public void Note(LibraryItem item, string note) => database.Write(s => Set(
        s,
        Table(item, "note", "UPDATE assets SET note = @value WHERE handle = @id", "UPDATE batches SET note = @value WHERE id = @number"),
        item,
        note.Length == 0 ? null : note));

    /// <summary>Leaves an asset or batch out of lists, or shows it again.</summary>
    public void Hide(LibraryItem item, bool on) => database.Write(s => Set(
        s,
        Table(
            item,
            "hide",
            "UPDATE assets SET hidden_at = @value WHERE handle = @id",
            "UPDATE batches SET hidden_at = @value WHERE id = @number"),
        item,
        on ? time.GetUtcNow().ToUnixTimeMilliseconds() : null));

    /// <summary>Says that an asset is kept or rejected; null: neither any more.</summary>
    public void Judge(LibraryItem asset, string? verdict) => database.Write(s => Set(
        s,
        "UPDATE assets SET verdict = @value WHERE handle = @id",
        asset,
        verdict));

    private static string Table(LibraryItem item, string action, string ofAsset, string ofBatch) => item.Kind switch
    {
        ItemKind.Asset => ofAsset,
        ItemKind.Batch => ofBatch,
        _ => throw I2VException.Invalid("action",
            $"action {action} is for assets and batches, and {item.Shown} is " +
                $"{(item.Kind == ItemKind.Element ? "an element" : "a preset")}; it can be renamed, deleted and restored. " +
                "Nothing was changed."),
    };

    private static int Set(SqlSession session, string sql, LibraryItem item, object? value) => item.Kind == ItemKind.Batch
        ? session.Execute(sql, ("@value", value), ("@number", long.Parse(item.Id, CultureInfo.InvariantCulture)))
        : session.Execute(sql, ("@value", value), ("@id", item.Id));
}

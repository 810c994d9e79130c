using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Motion;

/// <summary>The rows of motions that were saved by talking.</summary>
public sealed class PresetStore(LibraryDatabase database, TimeProvider time)
{
    /// <summary>A name as it is kept and compared: <c>Hero Push</c> and <c>hero-push</c> are <c>hero_push</c>.</summary>
    public static string NameOf(string said) => said.Trim().Replace('-', '_').Replace(' ', '_').ToLowerInvariant();

    /// <summary>
    /// Saves a preset; one of the same name is replaced. False if that one is another's, and the caller may not change it.
    /// </summary>
    public bool Save(Preset preset, string owner, bool mayChangeOthers) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Elements);
        var known = s.Query("SELECT owner FROM presets WHERE name = @name", r => r.Text("owner"), ("@name", preset.Name));
        if (known is [var other] && other != owner && !mayChangeOthers)
        {
            return false;
        }
        s.Execute(
            """
            INSERT INTO presets (name, owner, prompt, move, strength, easing, created_at)
            VALUES (@name, @owner, @prompt, @move, @strength, @easing, @now)
            ON CONFLICT (name) DO UPDATE SET prompt = @prompt, move = @move, strength = @strength, easing = @easing, deleted_at = NULL
            """,
            ("@name", preset.Name),
            ("@owner", owner),
            ("@prompt", preset.Prompt),
            ("@move", preset.Move),
            ("@strength", preset.Strength),
            ("@easing", preset.Easing),
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        return true;
    });

    /// <summary>Every saved preset that is not in the bin, by name.</summary>
    public IReadOnlyList<Preset> All() => database.Read(s => s.Query(
        "SELECT name, prompt, move, strength, easing FROM presets WHERE deleted_at IS NULL ORDER BY name",
        r => new Preset(
            r.Text("name"),
            ForeignText.Line(r.Text("name").Replace('_', ' ')),
            r.Text("prompt"),
            r.Text("move"),
            r.Real("strength"),
            r.Text("easing"))));
}

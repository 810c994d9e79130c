using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>
/// What is kept beside the database about a paid request while it is on its way: its answer where that holds the result, its
/// body to find it by, and what the provider said of it. The last is written into space that was set aside before anything was
/// sent, so that neither a locked database nor a full disk makes a paid task nameless.
/// </summary>
internal sealed class SendNotes(LibraryOptions library)
{
    private const int NoteBytes = 4096;
    private const int LongestBody = 1_000_000;

    /// <summary>
    /// Where an answer that holds the result itself is kept until the result is in the library: it was paid, and can't be asked for again.
    /// </summary>
    public string AnswerOf(string key)
    {
        PrivateFiles.CreateFolder(Folder);
        return At(key, "json");
    }

    /// <summary>The file that is locked while an answer is on its way.</summary>
    public string LockOf(string key) => At(key, "sending");

    /// <summary>Sets the note's space aside, and keeps what is sent where it can be found again by it.</summary>
    /// <exception cref="I2VException">The disk is full: nothing may be sent.</exception>
    public void Reserve(string key, JsonObject? body)
    {
        try
        {
            PrivateFiles.CreateFolder(Folder);
            Write(key, []);
            if (body?.ToJsonString() is { Length: <= LongestBody } text)
            {
                File.WriteAllText(At(key, "request"), text);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw I2VException.FromDisk(e)
                ?? new I2VException(ErrorCode.StorageFull, $"The library folder can't be written: {e.Message}", null, e);
        }
    }

    /// <summary>Notes what became of a request.</summary>
    public void Note(string key, SendNote note) => Write(key, JsonSerializer.SerializeToUtf8Bytes(note, SendNotesJson.Default.SendNote));

    /// <summary>What became of a request; null: nobody noted it.</summary>
    public SendNote? Read(string key)
    {
        try
        {
            var text = File.Exists(At(key, "note")) ? File.ReadAllText(At(key, "note")).Trim() : "";
            return text.Length == 0 ? null : JsonSerializer.Deserialize(text, SendNotesJson.Default.SendNote);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What was sent; null: it was not kept.</summary>
    public JsonObject? BodyOf(string key)
    {
        try
        {
            return File.Exists(At(key, "request")) ? JsonNode.Parse(File.ReadAllText(At(key, "request"))) as JsonObject : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes what was kept of a request that is over.</summary>
    public void Forget(string key)
    {
        var mine = Path.GetFileName(At(key, "*"));
        foreach (var file in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, mine) : [])
        {
            File.Delete(file);
        }
    }

    /// <summary>Removes what processes left that died when the job was over.</summary>
    public void Sweep(IReadOnlySet<string> needed)
    {
        foreach (var file in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder) : [])
        {
            if (!needed.Contains(Path.GetFileName(file).Split('.')[0]))
            {
                File.Delete(file);
            }
        }
    }

    private string Folder => Path.Combine(library.Home, ".answers");

    // Keys are ours; a row that names anything else is not believed.
    private string At(string key, string what) => key.Length > 0 && key.All(char.IsAsciiLetterOrDigit)
        ? Path.Combine(Folder, $"{key}.{what}")
        : throw new I2VException(ErrorCode.StorageFull,
            "A job's row in library.db is damaged: its attempt has no key of this program. Run ./i2v doctor.");

    // Always the same length, in place: no new space is asked for once it is there.
    private void Write(string key, ReadOnlySpan<byte> note)
    {
        var padded = new byte[Math.Max(NoteBytes, note.Length)];
        padded.AsSpan().Fill((byte)' ');
        note.CopyTo(padded);
        using var file = new FileStream(At(key, "note"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(padded);
        file.Flush(flushToDisk: true);
    }
}

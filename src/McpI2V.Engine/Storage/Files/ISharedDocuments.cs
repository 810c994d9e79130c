namespace McpI2V.Engine.Storage.Files;

/// <summary>
/// Small documents that all processes of a library share and none of them is the owner of: what is signed with, who may come in, what
/// was learned. Each is read as it was written once, and by nobody but who runs the program.
/// </summary>
public interface ISharedDocuments
{
    /// <summary>Where a person finds a document, to correct it.</summary>
    string AddressOf(string name);

    /// <summary>What a document holds; null if there is none.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    byte[]? Read(string name);

    /// <summary>Another number after each writing; cheap enough to be asked at every request.</summary>
    long VersionOf(string name);

    /// <summary>Writes a document, whole or not at all.</summary>
    void Write(string name, ReadOnlySpan<byte> content);

    /// <summary>Writes one that is not there yet; of several who do so at once one has its way, and the others find that.</summary>
    void Add(string name, ReadOnlySpan<byte> content);
}

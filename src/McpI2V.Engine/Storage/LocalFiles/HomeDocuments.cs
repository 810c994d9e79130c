using McpI2V.Engine.Storage.Files;

namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>Shared documents as files in the library's folder, under their own names.</summary>
public sealed class HomeDocuments(LibraryOptions options) : ISharedDocuments
{
    /// <inheritdoc/>
    public string AddressOf(string name) => Path.Combine(options.Home, name);

    /// <inheritdoc/>
    public byte[]? Read(string name) => File.Exists(AddressOf(name)) ? File.ReadAllBytes(AddressOf(name)) : null;

    /// <inheritdoc/>
    public long VersionOf(string name) => File.Exists(AddressOf(name)) ? File.GetLastWriteTimeUtc(AddressOf(name)).Ticks : 0;

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> content) => PrivateFiles.Write(AddressOf(name), content);

    /// <inheritdoc/>
    public void Add(string name, ReadOnlySpan<byte> content) => PrivateFiles.Write(AddressOf(name), content, replaces: false);
}

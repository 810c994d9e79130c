namespace McpI2V.Providers.Tests;

/// <summary>A folder that goes with its test.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("i2v-providers-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

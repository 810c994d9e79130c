using System.Text;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;

namespace McpI2V.Providers.Tests;

/// <summary>A folder that goes with its test.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("i2v-providers-").FullName;

    /// <summary>An input whose file lies here.</summary>
    /// <param name="handle">Its handle, and what makes it one of its kind.</param>
    /// <param name="format">Its format; a JPEG unless given.</param>
    /// <param name="bytes">What is in the file; its handle unless given.</param>
    public OrderInput Input(string handle, MediaFormat? format = null, byte[]? bytes = null)
    {
        var path = System.IO.Path.Combine(Path, handle);
        bytes ??= Encoding.UTF8.GetBytes(handle);
        File.WriteAllBytes(path, bytes);
        return new(handle, path, format ?? MediaFormat.Jpeg, bytes.Length, handle, new(720, 1280));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

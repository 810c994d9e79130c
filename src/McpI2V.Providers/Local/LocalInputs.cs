using McpI2V.Engine;
using McpI2V.Engine.Library;

namespace McpI2V.Providers.Local;

/// <summary>Finds a job's inputs by the handles that its request holds.</summary>
internal static class LocalInputs
{
    public static Asset Find(MediaLibrary library, string handle) => AssetHandle.TryParse(handle, out var parsed)
        ? library.RequireFile(library.Assets.Get(parsed, handle), handle)
        : throw I2VException.Invalid("image", $"\"{handle}\" is no handle.");
}

using McpI2V.Engine.Library;

namespace McpI2V.Providers.Local;

/// <summary>Finds a job's inputs by the handles that its request holds.</summary>
internal static class LocalInputs
{
    public static Asset Find(MediaLibrary library, string handle) => library.RequireFile(library.Find(handle), handle);
}

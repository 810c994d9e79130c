namespace McpI2V.EndToEnd;

/// <summary>A small disk of memory under a folder, to be filled to the last byte.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    private string Filler => Path.Combine(folder, "filler");

    public static async Task<SmallDisk> MountAsync(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        var mounted = await Shell.RunAsync("mount", $"-t tmpfs -o size={megabytes}m tmpfs \"{folder}\"");
        Assert.SkipUnless(mounted.Code == 0, "needs the right to mount a small disk");
        return new SmallDisk(folder);
    }

    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 65_536, 4096, 512, 1 })
        {
            var bytes = new byte[size];
            try
            {
                while (true)
                {
                    file.Write(bytes);
                }
            }
            catch (IOException)
            {
                // Full, as far as pieces of this size go.
            }
        }
    }

    public void Empty() => File.Delete(Filler);

    public void Dispose() => Shell.RunAsync("umount", $"-l \"{folder}\"").GetAwaiter().GetResult();
}

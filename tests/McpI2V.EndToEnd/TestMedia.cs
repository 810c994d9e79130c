using System.Collections.Concurrent;

namespace McpI2V.EndToEnd;

/// <summary>Makes inputs with the real ffmpeg: the same file once for all tests, each of which gets a copy.</summary>
public static class TestMedia
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> Made = new(StringComparer.Ordinal);

    public static async Task<string> StillAsync(TestLibrary library, string name = "photo.jpg", int width = 720, int height = 1280)
    {
        var path = library.Input(name);
        await MakeAsync(path, $"-f lavfi -i testsrc2=s={width}x{height} -frames:v 1 -q:v 2 -update 1");
        return path;
    }

    public static async Task<string> CutOutAsync(TestLibrary library, string name = "cutout.png", string colour = "red")
    {
        var path = library.Input(name);
        await MakeAsync(
            path,
            $"-f lavfi -i color=c={colour}:s=200x400,format=rgba -vf " +
                "\"geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*lt(hypot(X-100,Y-200),90)'\" -frames:v 1");
        return path;
    }

    public static async Task<string> ClipAsync(
        TestLibrary library,
        string name = "clip.mp4",
        double seconds = 2,
        bool sound = true,
        string size = "360x640")
    {
        var path = library.Input(name);
        var audio = sound ? $"-f lavfi -i sine=f=440:r=48000:d={seconds} -c:a aac" : "";
        await MakeAsync(
            path,
            $"-f lavfi -i testsrc2=s={size}:r=30:d={seconds} {audio} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags +faststart");
        return path;
    }

    public static async Task<string> SoundAsync(TestLibrary library, string name = "music.wav", double seconds = 3)
    {
        var path = library.Input(name);
        await MakeAsync(path, $"-f lavfi -i sine=f=330:r=44100:d={seconds}");
        return path;
    }

    /// <summary>Makes a file of what ffmpeg is told, once for all tests.</summary>
    public static async Task MakeAsync(string path, string arguments)
    {
        var extension = Path.GetExtension(path);
        var made = Made.GetOrAdd(arguments + extension, _ => new Lazy<Task<byte[]>>(() => RenderAsync(arguments, extension)));
        await File.WriteAllBytesAsync(path, await made.Value);
    }

    private static async Task<byte[]> RenderAsync(string arguments, string extension)
    {
        var folder = Directory.CreateTempSubdirectory("i2v-media-");
        var file = Path.Combine(folder.FullName, "made" + extension);
        await Shell.FfmpegAsync($"{arguments} \"{file}\"");
        var bytes = await File.ReadAllBytesAsync(file);
        folder.Delete(recursive: true);
        return bytes;
    }

    /// <summary>The checksum of a PNG chunk.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }
        return ~crc;
    }
}

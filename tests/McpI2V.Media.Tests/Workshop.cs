using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Processes;

namespace McpI2V.Media.Tests;

/// <summary>The real ffmpeg in a folder of its own, and eyes for what it made.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("i2v-media-").FullName;

    /// <summary>A real photograph, 600x400: by Rachel Michetti, CC0.</summary>
    public static string Photo => Path.Combine(Path.GetDirectoryName(Here())!, "Clips", "coffee.jpg");

    public FfmpegRunner Ffmpeg { get; } = new(new FfmpegPrograms(), new ProcessPlaces());

    public MediaWork Work => new(folder);

    public string At(string name) => Path.Combine(folder, name);

    /// <summary>A file made by ffmpeg's own arguments.</summary>
    public async Task<string> MakeAsync(string name, params string[] arguments)
    {
        await RunAsync([.. arguments, At(name)], Stream.Null);
        return At(name);
    }

    /// <summary>A still of coloured fields side by side, from left to right.</summary>
    public async Task<StillSource> FieldsAsync(string name, int width, int height, params string[] colours)
    {
        var inputs = colours.SelectMany(c => new[] { "-f", "lavfi", "-i", $"color=c={c}:s={width / colours.Length}x{height},format=rgba" });
        var path = await MakeAsync(
            name,
            [.. inputs, "-filter_complex", $"{(colours.Length > 1 ? $"hstack=inputs={colours.Length}" : "null")}", "-frames:v", "1"]);
        var isPng = name.EndsWith(".png", StringComparison.Ordinal);
        return new StillSource(path, isPng ? MediaFormat.Png : MediaFormat.Jpeg, new(width, height), 1, HasAlpha: isPng);
    }

    /// <summary>The first frame of a file as it would be seen.</summary>
    public async Task<Picture> LookAsync(string path)
    {
        using var bytes = new MemoryStream();
        await RunAsync(["-i", path, "-frames:v", "1", "-f", "image2pipe", "-c:v", "ppm", "-"], bytes);
        return Picture.OfPpm(bytes.ToArray());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    private static async Task RunAsync(IReadOnlyList<string> arguments, Stream output)
    {
        var result = await ChildProcess.RunAsync(
            new ChildProcessRequest
            {
                FileName = "ffmpeg",
                Arguments = ["-v", "error", "-y", .. arguments],
                Limits = ChildLimits.Short,
                Drain = (bytes, token) => bytes.CopyToAsync(output, token),
            },
            CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.ErrorTail);
    }
}

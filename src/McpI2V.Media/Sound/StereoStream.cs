using System.Runtime.InteropServices;

namespace McpI2V.Media.Sound;

/// <summary>Reads interleaved stereo floats that ffmpeg writes to its standard output.</summary>
internal static class StereoStream
{
    private const int BlockFrames = 4_800;

    /// <summary>What ffmpeg is told to write.</summary>
    public static readonly string[] Format = ["-f", "f32le", "-ac", "2", "-ar", "48000"];

    /// <summary>Hands on whole frames, block by block, until the stream ends.</summary>
    public static async Task ReadAsync(Stream stream, Action<ReadOnlySpan<float>> take, CancellationToken cancellationToken)
    {
        var bytes = new byte[BlockFrames * 8];
        var held = 0;
        int read;
        while ((read = await stream.ReadAsync(bytes.AsMemory(held), cancellationToken)) > 0)
        {
            held += read;
            var whole = held - (held % 8);
            take(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, whole)));
            bytes.AsSpan(whole, held - whole).CopyTo(bytes);
            held -= whole;
        }
    }
}

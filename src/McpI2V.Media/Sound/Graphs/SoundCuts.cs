using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Sound.Graphs;

/// <summary>How a sound is cut: over five milliseconds, which nobody hears as a fade and nobody hears as a click.</summary>
internal static class SoundCuts
{
    /// <summary>The curves of a crossfade of two sounds that are not one: their powers, not their amplitudes, add up to the same.</summary>
    public const string EqualPower = "c1=qsin:c2=qsin";

    private static readonly TimeSpan Micro = TimeSpan.FromMilliseconds(5);

    /// <summary>A sound of a length whose ends meet others.</summary>
    public static string Soft(TimeSpan length) => $"{Hard(length)},{Edges(length, start: true, end: true)}";

    /// <summary>A sound of a length, as it is.</summary>
    public static string Hard(TimeSpan length) => $"apad,atrim=duration={FfmpegCommand.Number(length.TotalSeconds)}";

    /// <summary>The fades at those ends of a sound that are cut; empty if none is.</summary>
    public static string Edges(TimeSpan length, bool start, bool end)
    {
        var fade = length < Micro * 4 ? length / 4 : Micro;
        List<string> fades = [];
        if (start)
        {
            fades.Add($"afade=t=in:d={FfmpegCommand.Number(fade.TotalSeconds)}");
        }
        if (end)
        {
            fades.Add($"afade=t=out:st={FfmpegCommand.Number((length - fade).TotalSeconds)}:d={FfmpegCommand.Number(fade.TotalSeconds)}");
        }
        return string.Join(',', fades);
    }
}

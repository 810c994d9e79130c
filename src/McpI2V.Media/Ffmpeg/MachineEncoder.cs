namespace McpI2V.Media.Ffmpeg;

/// <summary>An encoder of H.264 that is part of a machine, as ffmpeg names it.</summary>
/// <param name="Codec">ffmpeg's name of it.</param>
/// <param name="Options">What it is told, for drafts that keep what they show.</param>
internal sealed record MachineEncoder(string Codec, IReadOnlyList<string> Options)
{
    private const string RenderNode = "/dev/dri/renderD128";

    /// <summary>What ffmpeg is told before its inputs.</summary>
    public IReadOnlyList<string> Device { get; init; } = [];

    /// <summary>Filters that bring pictures where it reads them; null: it reads them as they are.</summary>
    public string? Upload { get; init; }

    /// <summary>Those that this machine may have: on Linux by the devices that are there, so that where none is nothing is tried.</summary>
    public static IReadOnlyList<MachineEncoder> OfThisMachine() => [.. Known().Where(k => k.MayBe).Select(k => k.Encoder)];

    private static IEnumerable<(MachineEncoder Encoder, bool MayBe)> Known()
    {
        var (isLinux, isWindows) = (OperatingSystem.IsLinux(), OperatingSystem.IsWindows());
        var hasNode = isLinux && File.Exists(RenderNode);
        yield return (
            new MachineEncoder("h264_videotoolbox", ["-q:v", "70", "-profile:v", "high", "-pix_fmt", "yuv420p"]),
            OperatingSystem.IsMacOS());
        yield return (
            new MachineEncoder(
                "h264_nvenc",
                ["-preset", "p4", "-rc", "vbr", "-cq", "20", "-b:v", "0", "-profile:v", "high", "-pix_fmt", "yuv420p"]),
            isWindows || (isLinux && (File.Exists("/dev/nvidiactl") || File.Exists("/dev/dxg"))));
        yield return (
            new MachineEncoder("h264_qsv", ["-global_quality", "20", "-profile:v", "high", "-pix_fmt", "nv12"]),
            isWindows || hasNode);
        yield return (
            new MachineEncoder("h264_vaapi", ["-qp", "20", "-profile:v", "high"])
            {
                Device = ["-init_hw_device", $"vaapi=va:{RenderNode}", "-filter_hw_device", "va"],
                Upload = "format=nv12,hwupload",
            },
            hasNode);
    }
}

using System.Globalization;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>What colour a logo is, and what it becomes where that can't be told from what is behind it.</summary>
/// <param name="Colour">Its mean where it is opaque.</param>
/// <param name="IsOneColour">True if it has a shape and all of it is that colour.</param>
internal sealed record LogoLook(Colour Colour, bool IsOneColour)
{
    // What the graphic parts of a page need (WCAG 2.2, 1.4.11).
    private const double Needed = 3;

    // The encoder takes a little of every edge.
    private const double Aim = Needed * 1.1;
    private const double Finest = 0.05;

    // What is laid this thinly over a picture is meant to be hardly seen.
    private const double Watermark = 0.6;
    private const int Side = 192;
    private static readonly Colour White = new(255, 255, 255);
    private static readonly Colour Ink = new(20, 20, 22);

    /// <summary>Looks at its pixels.</summary>
    public static async Task<LogoLook> OfAsync(StillSource image, Func<FfmpegCommand, Task<byte[]>> readAsync)
    {
        var command = new FfmpegCommand();
        command.File(image.Path, image.Format);
        // Neighbours are not mixed: what is transparent has a colour too, which nobody sees.
        command
            .Graph($"[0:v]{StillGraph.Upright(image.Orientation)}format=rgba,scale={Side}:{Side}:flags=neighbor[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        var rgba = await readAsync(command);
        List<(byte Red, byte Green, byte Blue)> opaque = [];
        for (var i = 0; i + 3 < rgba.Length; i += 4)
        {
            if (rgba[i + 3] > 200)
            {
                opaque.Add((rgba[i], rgba[i + 1], rgba[i + 2]));
            }
        }
        if (opaque.Count == 0)
        {
            return new LogoLook(White, IsOneColour: false);
        }
        var (red, green, blue) = (opaque.Average(p => p.Red), opaque.Average(p => p.Green), opaque.Average(p => p.Blue));
        var like = opaque.Count(p => Math.Abs(p.Red - red) + Math.Abs(p.Green - green) + Math.Abs(p.Blue - blue) < 60);
        return new LogoLook(
            new Colour((byte)red, (byte)green, (byte)blue),
            IsOneColour: like > 0.95 * opaque.Count && opaque.Count < 0.9 * Side * Side);
    }

    /// <summary>What it becomes on what is behind it, and that as a sentence's part; nothing where it can be seen as it is.</summary>
    public (OverlayInk? Ink, string? Words) On(Backing behind, double opacity)
    {
        var own = behind.Contrast(Colour);
        if (own >= Needed || opacity < Watermark)
        {
            return (null, null);
        }
        var could = $"for as it is it could not be seen there ({own.ToString("0.0", CultureInfo.InvariantCulture)} to 1)";
        if (IsOneColour)
        {
            var other = behind.Contrast(White) > behind.Contrast(Ink) ? White : Ink;
            if (behind.Contrast(other) >= Needed)
            {
                return (new OverlayInk(other, null, 0), $"is set in {(other == White ? "white" : "black")}, {could}");
            }
        }
        var scrim = Backing.Luminance(Colour) > 0.18 ? Ink : White;
        var least = Finest;
        while (least < 0.9 && behind.Under(scrim, least).Contrast(Colour) < Aim)
        {
            least += Finest;
        }
        return (new OverlayInk(null, scrim, least), $"stands on a {(scrim == Ink ? "dark" : "light")} shade, {could}");
    }
}

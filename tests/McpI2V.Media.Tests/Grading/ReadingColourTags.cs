using McpI2V.Media.Clips;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Previews;
using McpI2V.Media.Probing;
using McpI2V.Media.Tests.Clips;

namespace McpI2V.Media.Tests.Grading;

/// <summary>A master of another standard than bt709: what is rendered, shown and taken out of it has its colours.</summary>
public sealed class ReadingColourTags : IDisposable
{
    // Two roundings and a JPEG; a matrix that is taken for another is off by 20 and more.
    private const int Near = 4;
    private static readonly PixelSize Size = new(320, 180);
    private readonly Workshop workshop = new();
    private readonly TestRenders renders = new();

    public void Dispose()
    {
        workshop.Dispose();
        renders.Dispose();
    }

    // ffmpeg encodes a known colour by the standard that it names.
    public static TheoryData<string, string> Standards => new()
    {
        { "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p", "-colorspace smpte170m -color_trc smpte170m" },
        { "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p", "-colorspace bt470bg" },
        { "scale=out_color_matrix=bt709:out_range=pc,format=yuvj420p", "-colorspace bt709 -color_range pc" },
        { "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-colorspace bt709 -color_range tv" },
        // Players take a stream that says nothing for BT.601 below 720 lines, and for bt709 above, whatever way it is turned.
        { "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p", "" },
        { "scale=180:720:out_color_matrix=bt709:out_range=tv,format=yuv420p", "" },
    };

    [Theory]
    [MemberData(nameof(Standards))]
    public async Task Colours_stay_whatever_standard_the_clip_was_encoded_by(string encoded, string tags)
    {
        var clip = await EncodedAsync("0x20c840", encoded, tags);

        foreach (var path in await EverySightAsync(clip))
        {
            var seen = (await workshop.LookAsync(path)).At(0.5, 0.5);
            Assert.True(
                Math.Abs(seen.Red - 0x20) <= Near && Math.Abs(seen.Green - 0xc8) <= Near && Math.Abs(seen.Blue - 0x40) <= Near,
                $"{Path.GetFileName(path)} shows {seen}");
        }
    }

    // Signals of BT.2100: the white of a page is 75 % of hybrid log-gamma and 58 % of the perceptual quantizer; half of its light 58 % and
    // 51 %; none is black.
    [Theory]
    [InlineData("arib-std-b67", 0.75, 230, 250)]
    [InlineData("arib-std-b67", 0.6, 165, 200)]
    [InlineData("arib-std-b67", 1, 250, 255)]
    [InlineData("arib-std-b67", 0, 0, 3)]
    [InlineData("smpte2084", 0.58, 230, 250)]
    [InlineData("smpte2084", 0.51, 170, 205)]
    [InlineData("smpte2084", 0, 0, 3)]
    public async Task Hdr_is_as_bright_in_sdr_as_a_page_and_what_is_brighter_rolls_off(string transfer, double signal, int least, int most)
    {
        var clip = await EncodedAsync(
            "black",
            $"geq=lum='{64 + (876 * signal):0}':cb=512:cr=512",
            $"-colorspace bt2020nc -color_primaries bt2020 -color_trc {transfer} -color_range tv",
            "yuv420p10le");
        Assert.True(clip.Tags.IsHdr);

        foreach (var path in await EverySightAsync(clip))
        {
            var seen = (await workshop.LookAsync(path)).At(0.5, 0.5);
            Assert.InRange(seen.Green, least, most);
            Assert.InRange(seen.Red - seen.Blue, -3, 3);
        }
    }

    [Fact]
    public void What_is_kept_of_tags_is_read_again_and_nothing_is_kept_of_the_usual_ones()
    {
        var hlg = ColourTags.FromStream("bt2020nc", "arib-std-b67", "tv", 1080);

        Assert.Equal(hlg, ColourTags.Read(hlg.Write()));
        Assert.Null(ColourTags.FromStream("bt709", "bt709", "tv", 480).Write());
        Assert.Null(ColourTags.FromStream(null, "unknown", null, 720).Write());
        Assert.Equal(ColourTags.Standard, ColourTags.Read("bt601; drop"));
        Assert.Equal(ColourTags.Standard, ColourTags.Read("x=1 y z"));
    }

    private async Task<ClipSource> EncodedAsync(string colour, string filters, string tags, string pixels = "")
    {
        var path = workshop.At("master.mp4");
        var format = pixels.Length > 0 ? $",format={pixels}" : ",format=gbrp";
        await workshop.MakeAsync(
            "master.mp4",
            ["-f", "lavfi", "-i", $"color=c={colour}:s=320x180:r=30:d=0.5{format}", "-vf", filters, "-c:v", "libx264", "-crf", "4",
                .. tags.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        var facts = await new MediaProbe(workshop.Ffmpeg).ClipAsync(path, MediaFormat.Mp4, CancellationToken.None);
        return new ClipSource(path, MediaFormat.Mp4, new ClipShape(Size, TimeSpan.FromSeconds(0.5), 30, HasAudio: false), [])
        {
            Tags = facts.Tags,
        };
    }

    // As a clip that is rendered, as a preview, in a contact sheet, as a frame that becomes a still.
    private async Task<IReadOnlyList<string>> EverySightAsync(ClipSource clip)
    {
        var (rendered, preview, frame) = (await renders.RenderAsync(clip), workshop.At("preview.jpg"), workshop.At("frame.png"));
        var cell = workshop.At("cell.jpg");
        var source = new PreviewSource(clip.Path, clip.Format, Size, 1, clip.Shape.Duration) { Tags = clip.Tags };
        var shown = await new PreviewRenderer(workshop.Ffmpeg).OfAssetAsync(source, 150_000, workshop.Work, CancellationToken.None);
        await File.WriteAllBytesAsync(preview, shown.Jpeg);
        await new FrameRenderer(workshop.Ffmpeg).PngAsync(source, TimeSpan.Zero, frame, workshop.Work, CancellationToken.None);
        await new PreviewRenderer(workshop.Ffmpeg).CellAsync(source, new PixelSize(192, 108), cell, workshop.Work, CancellationToken.None);
        return [rendered, preview, cell, frame];
    }
}

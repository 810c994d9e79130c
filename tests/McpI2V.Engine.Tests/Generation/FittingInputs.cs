using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;
using McpI2V.Media.Stills;

namespace McpI2V.Engine.Tests.Generation;

/// <summary>What leaves for a provider is within its limits, and as little changed as that needs.</summary>
public sealed class FittingInputs : IDisposable
{
    private const string Noise = "-f lavfi -i nullsrc=s=800x600,geq=random(1)*255:128:128 -frames:v 1";
    private readonly GenerationBench bench = new();

    private TestStudio Studio => bench.Studio;

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("still.png")]
    [InlineData("still.jpg")]
    public async Task What_fits_is_sent_as_it_is(string name)
    {
        var still = await Studio.StillAsync(800, 600, name);

        var input = await bench.FitAsync(still, new InputLimits());

        Assert.Equal((Studio.Library.PathOf(still), still.Bytes, still.Size), (input.Path, input.Bytes, input.Size));
        Assert.Equal(still.Handle.ToString(), input.Handle);
    }

    [Theory]
    [InlineData(1, 800, 600)]
    [InlineData(6, 600, 800)]
    public async Task What_a_camera_wrote_stays_here_and_the_photo_leaves_upright(byte orientation, int width, int height)
    {
        var path = await Studio.MakeAsync("photo.jpg", "-f lavfi -i testsrc2=s=800x600 -frames:v 1");
        var jpeg = await File.ReadAllBytesAsync(path);
        // Exif with one entry: the orientation.
        byte[] exif =
        [
            .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        await File.WriteAllBytesAsync(path, [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]]);
        var photo = await Studio.ImportAsync(path);

        var input = await bench.FitAsync(photo, new InputLimits());

        Assert.Equal(orientation, photo.Orientation);
        Assert.NotEqual(Studio.Library.PathOf(photo), input.Path);
        Assert.False(StillFitter.CarriesMetadata(input.Path));
        Assert.Equal(new PixelSize(width, height), MediaProbe.SizeOf(input.Path, input.Format));
    }

    [Fact]
    public async Task What_is_too_large_is_made_smaller_in_its_own_shape()
    {
        var still = await Studio.StillAsync(800, 600);

        var input = await bench.FitAsync(still, new InputLimits { LongestSide = 400 });

        Assert.Equal(new PixelSize(400, 300), input.Size);
        Assert.Equal(input.Size, MediaProbe.SizeOf(input.Path, input.Format));
    }

    [Fact]
    public async Task What_has_too_many_bytes_gives_way_until_it_fits()
    {
        var still = await Studio.ImportAsync("noise.png", Noise);

        var input = await bench.FitAsync(still, new InputLimits { StillBytes = 100_000, ShortestSide = 100 });

        Assert.InRange(input.Bytes, 1, 100_000);
        Assert.Equal(input.Bytes, new FileInfo(input.Path).Length);
        Assert.Equal(800 / 600.0, input.Size.Ratio, 1);
    }

    [Fact]
    public async Task Nothing_is_made_smaller_than_the_provider_takes()
    {
        var still = await Studio.ImportAsync("noise.png", Noise);

        var input = await bench.FitAsync(still, new InputLimits { StillBytes = 1_000, ShortestSide = 500 });

        Assert.True(input.Size.ShortSide >= 500, $"{input.Size}");
    }

    [Theory]
    [InlineData("see-through.png", "color=c=red@0.5:s=400x400,format=rgba", "image/png", "image/png")]
    [InlineData("see-through.webp", "color=c=red@0.5:s=400x400,format=rgba", "image/png", "image/png")]
    [InlineData("see-through.png", "color=c=red@0.5:s=400x400,format=rgba", "image/jpeg", "image/jpeg")]
    [InlineData("plain.bmp", "color=c=red:s=400x400", "image/png", "image/jpeg")]
    public async Task What_the_provider_does_not_read_becomes_what_it_reads(string name, string picture, string taken, string sent)
    {
        var still = await Studio.ImportAsync(name, $"-f lavfi -i {picture} -frames:v 1");

        var input = await bench.FitAsync(still, new InputLimits { StillTypes = [taken] });

        Assert.Equal(sent, input.Format.MimeType);
        Assert.Equal(input.Format, FormatSniffer.Sniff(await File.ReadAllBytesAsync(input.Path)));
    }

    [Fact]
    public async Task A_shape_that_was_asked_for_is_made_and_no_larger_than_is_taken()
    {
        var still = await Studio.StillAsync(800, 600);

        var input = await bench.Fitter.StillAsync(
            still,
            new InputLimits { LongestSide = 640 },
            (new PixelSize(720, 1280), CanvasFit.Pad),
            bench.Held,
            Studio.Work,
            CancellationToken.None);

        Assert.Equal(new PixelSize(360, 640), input.Size);
        Assert.Equal(input.Size, MediaProbe.SizeOf(input.Path, input.Format));
    }

    [Fact]
    public async Task A_picture_that_is_too_small_is_refused_before_anything_is_spent()
    {
        var still = await Studio.StillAsync(200, 600);

        var e = await Assert.ThrowsAsync<I2VException>(() => bench.FitAsync(still, new InputLimits { ShortestSide = 300 }));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        Assert.Contains("200x600", e.Message, StringComparison.Ordinal);
        Assert.Contains("300", e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was spent", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_that_fits_is_sent_as_it_is_and_one_with_edits_is_rendered()
    {
        var clip = await Studio.ClipAsync(320, 180, 2);
        var edited = await Studio.AddAsync(clip, c => c with
        {
            Master = c.Handle,
            Recipe = [new System.Text.Json.Nodes.JsonObject { ["op"] = "trim", ["end_seconds"] = 1 }],
        });

        var asItIs = await bench.FitClipAsync(clip, new InputLimits());
        var rendered = await bench.FitClipAsync(edited, new InputLimits());

        Assert.Equal(Studio.Library.PathOf(clip), asItIs.Path);
        Assert.NotEqual(Studio.Library.PathOf(clip), rendered.Path);
        Assert.Equal(1, (await ProbeAsync(rendered.Path)).Duration.TotalSeconds, 1);
    }

    [Fact]
    public async Task A_clip_that_is_too_long_or_too_large_is_cut_and_scaled_and_that_is_told_before()
    {
        var clip = await Studio.ClipAsync(2000, 1000, 3);
        var limits = new InputLimits { ClipSeconds = 2, ClipLongestSide = 1920 };

        var input = await bench.FitClipAsync(clip, limits);

        var facts = await ProbeAsync(input.Path);
        Assert.Equal(2, facts.Duration.TotalSeconds, 1);
        Assert.Equal(input.Size, facts.Size);
        Assert.Contains("only its first 2 s", Assert.Single(GenerationBench.AdviceOn(clip, limits)), StringComparison.Ordinal);
        Assert.Empty(GenerationBench.AdviceOn(clip, new InputLimits()));
    }

    [Fact]
    public async Task A_sound_is_sent_whole_or_not_at_all()
    {
        var sound = await Studio.SoundAsync(3);

        Assert.Equal(Studio.Library.PathOf(sound), (await SoundAsync(sound, new InputLimits())).Path);
        foreach (var limits in new[] { new InputLimits { AudioSeconds = 2 }, new InputLimits { AudioBytes = 1_000 } })
        {
            var e = await Assert.ThrowsAsync<I2VException>(() => SoundAsync(sound, limits));
            Assert.Equal(("audio", ErrorCode.InvalidArgument), (e.Argument, e.Code));
        }
    }

    [Fact]
    public async Task The_same_bytes_have_the_same_fingerprint_and_others_another()
    {
        var still = await Studio.StillAsync(800, 600);

        var (first, again) = (await bench.FitAsync(still, new()), await bench.FitAsync(still, new()));
        var smaller = await bench.FitAsync(still, new InputLimits { LongestSide = 400 });

        Assert.Equal(first.Fingerprint, again.Fingerprint);
        Assert.NotEqual(first.Fingerprint, smaller.Fingerprint);
    }

    [Fact]
    public async Task A_file_that_somebody_took_away_is_told()
    {
        var still = await Studio.StillAsync(800, 600);
        File.Delete(Studio.Library.PathOf(still));

        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<I2VException>(() => bench.FitAsync(still, new()))).Code);
    }

    private Task<OrderInput> SoundAsync(Asset sound, InputLimits limits) =>
        InputFitter.SoundAsync(sound, limits, bench.Held, CancellationToken.None);

    private Task<ClipFacts> ProbeAsync(string path) =>
        new MediaProbe(Studio.Ffmpeg).ClipAsync(path, MediaFormat.Mp4, CancellationToken.None);
}

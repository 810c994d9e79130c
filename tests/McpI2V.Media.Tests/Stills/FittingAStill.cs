using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;
using McpI2V.Media.Stills;

namespace McpI2V.Media.Tests.Stills;

public sealed class FittingAStill : IDisposable
{
    private readonly Workshop workshop = new();

    public void Dispose() => workshop.Dispose();

    [Theory]
    [InlineData(true, "89504E47")]
    [InlineData(false, "FFD8FF")]
    public async Task Transparency_is_kept_where_it_is_wanted(bool keepAlpha, string begins)
    {
        var still = await workshop.FieldsAsync("half.png", 400, 200, "red", "red@0");

        var fitted = await FitAsync(still, new PixelSize(100, 50), keepAlpha);

        Assert.StartsWith(begins, Convert.ToHexString(await File.ReadAllBytesAsync(fitted)), StringComparison.Ordinal);
        var format = keepAlpha ? MediaFormat.Png : MediaFormat.Jpeg;
        var facts = await new MediaProbe(workshop.Ffmpeg).StillAsync(fitted, format, workshop.Work, CancellationToken.None);
        Assert.Equal((new PixelSize(100, 50), keepAlpha), (facts.Size, facts.HasAlpha));
    }

    [Fact]
    public async Task A_turned_photo_becomes_upright_and_what_the_camera_wrote_is_gone()
    {
        var stored = await workshop.FieldsAsync("stored.jpg", 400, 200, "red", "blue");
        var bytes = await File.ReadAllBytesAsync(stored.Path);
        var exif = (byte[])[.. "Exif\0\0"u8, .. Seeds.Exif(6)];
        await File.WriteAllBytesAsync(
            stored.Path,
            [0xFF, 0xD8, 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. bytes[2..]]);
        Assert.True(StillFitter.CarriesMetadata(stored.Path));

        var fitted = await FitAsync(stored with { Size = new(200, 400), Orientation = 6 }, new PixelSize(100, 200), keepAlpha: false);

        Assert.False(StillFitter.CarriesMetadata(fitted));
        var seen = await workshop.LookAsync(fitted);
        Assert.Equal(new PixelSize(100, 200), seen.Size);
        seen.ShouldShow("#ff0000", 0.5, 0.1);
        seen.ShouldShow("#0000ff", 0.5, 0.9);
    }

    private async Task<string> FitAsync(StillSource still, PixelSize size, bool keepAlpha)
    {
        var path = workshop.At("fitted");
        await new StillFitter(workshop.Ffmpeg).RenderAsync(still, size, keepAlpha, path, workshop.Work, CancellationToken.None);
        return path;
    }
}

using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Stills;

namespace McpI2V.Media.Tests.Stills;

public sealed class EnlargingAPicture
{
    [Theory]
    [InlineData(600, 400, CanvasFit.Crop, 1, 4.8)]
    [InlineData(600, 400, CanvasFit.ExtendBlur, 1, 1.8)]
    [InlineData(600, 400, CanvasFit.Pad, 1, 1.8)]
    [InlineData(2160, 3840, CanvasFit.Crop, 2, 1)]
    [InlineData(2160, 3840, CanvasFit.Crop, 1, 0.5)]
    public void A_picture_is_as_much_enlarged_as_the_way_in_which_it_fills_the_frame_asks(
        int width,
        int height,
        CanvasFit fit,
        double zoom,
        double times)
    {
        var still = new StillComposition { Size = new(1080, 1920), Picture = Still(width, height), Fit = fit, Zoom = zoom };

        Assert.Equal(times, still.Enlargement, 3);
    }

    [Fact]
    public void A_cut_out_counts_by_its_own_height_and_a_backdrop_by_itself_by_nothing()
    {
        var size = new PixelSize(1080, 1920);

        Assert.Equal(2.4, new StillComposition { Size = size, CutOuts = [new(Still(200, 400), 0.5, 0.5, 0.5, false)] }.Enlargement, 3);
        Assert.Equal(0, new StillComposition { Size = size }.Enlargement);
    }

    private static StillSource Still(int width, int height) => new("a.png", MediaFormat.Png, new(width, height), 1, HasAlpha: false);
}

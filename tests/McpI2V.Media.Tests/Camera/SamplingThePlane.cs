using McpI2V.Media.Camera.Sampling;

namespace McpI2V.Media.Tests.Camera;

public sealed class SamplingThePlane
{
    private static readonly Homography Zoom = new(0.83, 0, 7.3, 0, 0.83, 11.9, 0, 0, 1);
    private static readonly Homography Turn = new(0.8, 0.05, 20, -0.04, 0.82, 25, 0.00005, 0.00003, 1);

    [Theory]
    [InlineData(0.83)]
    [InlineData(1.0)]
    [InlineData(1.37)]
    [InlineData(2.0)]
    public void Both_ways_of_sampling_an_upright_view_agree(double step)
    {
        var plane = Texture(500, 400);
        var homography = Zoom with { A = step, E = step };
        var (fast, plain) = (new byte[201 * 151], new byte[201 * 151]);

        new AxisAlignedSampler(201, 151).Sample(plane, homography, fast);
        new AxisAlignedSampler(201, 151) { Accelerated = false }.Sample(plane, homography, plain);

        Assert.Equal(plain, fast);
    }

    [Fact]
    public void Both_ways_of_sampling_a_turned_view_agree()
    {
        var plane = Texture(300, 300);
        var (fast, plain) = (new byte[200 * 200], new byte[200 * 200]);

        new PerspectiveSampler(200, 200).Sample(plane, Turn, fast, 0);
        new PerspectiveSampler(200, 200) { Accelerated = false }.Sample(plane, Turn, plain, 0);

        Assert.Equal(plain, fast);
    }

    [Fact]
    public void A_view_at_one_to_one_copies_the_picture()
    {
        var plane = Texture(64, 48);
        var target = new byte[32 * 24];

        new AxisAlignedSampler(32, 24).Sample(plane, new Homography(1, 0, 8, 0, 1, 4, 0, 0, 1), target);

        for (var y = 0; y < 24; y++)
        {
            for (var x = 0; x < 32; x++)
            {
                Assert.Equal(plane.Samples[plane.Offset(x + 8, y + 4)], target[(y * 32) + x]);
            }
        }
    }

    [Fact]
    public void A_turned_view_that_is_not_turned_copies_the_picture()
    {
        var plane = Texture(64, 48);
        var target = new byte[33 * 24];

        new PerspectiveSampler(33, 24).Sample(plane, new Homography(1, 0, 8, 0, 1, 4, 0, 0, 1), target, 0);

        Assert.Equal(plane.Samples[plane.Offset(8, 4)], target[0]);
        Assert.Equal(plane.Samples[plane.Offset(40, 27)], target[(23 * 33) + 32]);
    }

    [Fact]
    public void A_flat_picture_stays_flat_at_every_scale()
    {
        var plane = Plane.From(Enumerable.Repeat((byte)180, 200 * 200).ToArray(), 200, 200);
        for (var step = 0.4; step <= 2; step += 0.013)
        {
            var target = new byte[64 * 64];
            new AxisAlignedSampler(64, 64).Sample(plane, new Homography(step, 0, 3.3, 0, step, 5.7, 0, 0, 1), target);
            Assert.All(target, value => Assert.Equal(180, value));
        }
    }

    [Fact]
    public void A_slow_move_glides_within_a_tenth_of_a_pixel()
    {
        // The upright path of a push in: each frame is registered against the first and compared with the ideal shift.
        var plane = Texture(700, 500);
        var first = Sample(plane, 0);
        double squares = 0;
        var count = 0;
        for (var shift = 0.05; shift < 3; shift += 0.17)
        {
            var measured = Registration.ShiftX(first, Sample(plane, shift), 400, 300);
            squares += (measured - shift) * (measured - shift);
            count++;
        }
        var rms = Math.Sqrt(squares / count);
        Assert.True(rms <= 0.1, $"RMS {rms:0.000} px");
    }

    [Fact]
    public void Chroma_lies_where_luma_lies()
    {
        // A vertical edge at luma x = 100: left-sited chroma sample 50 sits at luma 100.
        var homography = new Homography(1.1, 0, 13.4, 0, 1.1, 9.2, 0, 0, 1);
        var chroma = homography.OnChroma();

        var (lumaX, lumaY) = homography.Map((2 * 30) + 0.5, (2 * 20) + 1);
        var (chromaX, chromaY) = chroma.Map(30.5, 20.5);

        Assert.Equal((lumaX + 0.5) / 2, chromaX, 9);
        Assert.Equal(lumaY / 2, chromaY, 9);
    }

    internal static Plane Texture(int width, int height)
    {
        var samples = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                samples[(y * width) + x] = (byte)(128 + (50 * Math.Sin(x * 0.31) * Math.Cos(y * 0.23)) + (40 * Math.Sin(
                    (x * 0.07) + (y * 0.11))) + (20 * Math.Sin(x * y * 0.0013)));
            }
        }
        return Plane.From(samples, width, height);
    }

    private static byte[] Sample(Plane plane, double shift)
    {
        var target = new byte[400 * 300];
        new AxisAlignedSampler(400, 300).Sample(plane, new Homography(1, 0, 100 + shift, 0, 1, 80, 0, 0, 1), target);
        return target;
    }
}

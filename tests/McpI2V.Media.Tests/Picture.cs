using System.Globalization;
using System.Text;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests;

/// <summary>Decoded pixels, asked after by place: 0 to 1 from the left and from the top.</summary>
internal sealed record Picture(PixelSize Size, byte[] Rgb)
{
    // What an encoder may make of a plain field.
    private const int Near = 30;

    public static Picture OfPpm(byte[] ppm)
    {
        var at = 0;
        string Word()
        {
            var start = at;
            while (ppm[at] is not ((byte)' ' or (byte)'\n'))
            {
                at++;
            }
            return Encoding.ASCII.GetString(ppm, start, at++ - start);
        }
        Assert.Equal("P6", Word());
        var size = new PixelSize(int.Parse(Word(), CultureInfo.InvariantCulture), int.Parse(Word(), CultureInfo.InvariantCulture));
        Assert.Equal("255", Word());
        return new Picture(size, ppm[at..]);
    }

    public Colour At(double x, double y)
    {
        var at = 3 * (((int)(y * Size.Height) * Size.Width) + (int)(x * Size.Width));
        return new Colour(Rgb[at], Rgb[at + 1], Rgb[at + 2]);
    }

    public void ShouldShow(string colour, double x, double y)
    {
        Assert.True(Colour.TryParse(colour, out var wanted), colour);
        var seen = At(x, y);
        Assert.True(
            Math.Abs(seen.Red - wanted.Red) < Near
                && Math.Abs(seen.Green - wanted.Green) < Near
                && Math.Abs(seen.Blue - wanted.Blue) < Near,
            $"at {x}, {y} is {seen}, not {colour}");
    }
}

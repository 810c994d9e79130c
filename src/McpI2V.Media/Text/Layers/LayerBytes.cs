namespace McpI2V.Media.Text.Layers;

/// <summary>Turns a raster into what <see cref="LayerFile"/> keeps, by bt709, which ffmpeg would have to be asked for.</summary>
internal static class LayerBytes
{
    /// <summary>The bytes of a raster with even sides.</summary>
    public static byte[] Of(Raster raster, LayerPixels pixels) => pixels == LayerPixels.Planar ? Planar(raster) : Whole(raster);

    private static byte[] Whole(Raster raster)
    {
        var bytes = (byte[])raster.Pixels.Clone();
        for (var i = 0; i < bytes.Length; i += 4)
        {
            var alpha = bytes[i + 3];
            if (alpha is 0 or 255)
            {
                continue;
            }
            for (var channel = 0; channel < 3; channel++)
            {
                bytes[i + channel] = (byte)Math.Min(255, ((bytes[i + channel] * 255) + (alpha / 2)) / alpha);
            }
        }
        return bytes;
    }

    private static byte[] Planar(Raster raster)
    {
        var (width, height, from) = (raster.Width, raster.Height, raster.Pixels);
        var luma = width * height;
        var chroma = luma / 4;
        var bytes = new byte[(2 * luma) + (2 * chroma)];
        bytes.AsSpan(0, luma).Fill(16);
        bytes.AsSpan(luma, 2 * chroma).Fill(128);
        var alphas = bytes.AsSpan(luma + (2 * chroma));
        for (var y = 0; y < height; y += 2)
        {
            for (var x = 0; x < width; x += 2)
            {
                int red = 0, green = 0, blue = 0, alpha = 0;
                for (var k = 0; k < 4; k++)
                {
                    var at = ((y + (k >> 1)) * width) + x + (k & 1);
                    var a = from[(at * 4) + 3];
                    if (a == 0)
                    {
                        continue;
                    }
                    var (b, g, r) = (from[at * 4], from[(at * 4) + 1], from[(at * 4) + 2]);
                    (blue, green, red, alpha) = (blue + b, green + g, red + r, alpha + a);
                    alphas[at] = a;
                    bytes[at] = (byte)(16.5 + (219 * ((0.2126 * r) + (0.7152 * g) + (0.0722 * b)) / a));
                }
                if (alpha == 0)
                {
                    continue;
                }
                // The colour of the four together, by how much of each is seen: edges keep the letters' colour.
                var place = luma + (y / 2 * (width / 2)) + (x / 2);
                bytes[place] = Difference(((-0.1146 * red) - (0.3854 * green) + (0.5 * blue)) / alpha);
                bytes[place + chroma] = Difference(((0.5 * red) - (0.4542 * green) - (0.0458 * blue)) / alpha);
            }
        }
        return bytes;
    }

    private static byte Difference(double value) => (byte)Math.Clamp(Math.Round(128 + (224 * value)), 16, 240);
}

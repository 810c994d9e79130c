namespace McpI2V.Media.Text.Layers;

/// <summary>A picture in memory: premultiplied, four bytes a pixel in the order blue, green, red, alpha, as Cairo draws it.</summary>
internal sealed class Raster(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public int Stride => Width * 4;

    /// <summary>The pixels, which stay where they are in memory while Cairo draws into them.</summary>
    public byte[] Pixels { get; } = GC.AllocateArray<byte>(width * height * 4, pinned: true);

    public void Clear() => Array.Clear(Pixels);

    /// <summary>Its transparency alone, blurred and laid down in one colour: a shadow or a glow.</summary>
    public Raster Shadow(double radius, (byte Red, byte Green, byte Blue) colour, double opacity)
    {
        var alpha = new float[Width * Height];
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] = Pixels[(i * 4) + 3];
        }
        // Three boxes come as near to a Gaussian as an eye can tell (Kovesi, 2010).
        var half = Math.Max(1, (int)Math.Round(radius * 0.6));
        var other = new float[alpha.Length];
        for (var pass = 0; pass < 3; pass++)
        {
            Box(alpha, other, Width, Height, Width, 1, half);
            Box(other, alpha, Height, Width, 1, Width, half);
        }
        var shadow = new Raster(Width, Height);
        for (var i = 0; i < alpha.Length; i++)
        {
            var a = Math.Min(255, alpha[i] * opacity);
            shadow.Pixels[i * 4] = (byte)(colour.Blue * a / 255);
            shadow.Pixels[(i * 4) + 1] = (byte)(colour.Green * a / 255);
            shadow.Pixels[(i * 4) + 2] = (byte)(colour.Red * a / 255);
            shadow.Pixels[(i * 4) + 3] = (byte)a;
        }
        return shadow;
    }

    private static void Box(float[] from, float[] to, int length, int lines, int nextLine, int next, int half)
    {
        var share = 1f / ((2 * half) + 1);
        for (var line = 0; line < lines; line++)
        {
            var start = line * nextLine;
            var sum = 0f;
            for (var i = 0; i < Math.Min(half, length); i++)
            {
                sum += from[start + (i * next)];
            }
            for (var i = 0; i < length; i++)
            {
                sum += i + half < length ? from[start + ((i + half) * next)] : 0;
                to[start + (i * next)] = sum * share;
                sum -= i - half >= 0 ? from[start + ((i - half) * next)] : 0;
            }
        }
    }
}

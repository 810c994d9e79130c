namespace McpI2V.Media.CutOuts;

/// <summary>
/// How much of each pixel of the edge is subject: where it lies between the subject's colour inside and the backdrop's outside, smoothed
/// along its own edges (guided filter: He, Sun, Tang, 2010), and what colour the subject has there without the backdrop.
/// </summary>
internal sealed class EdgeMatte
{
    // Below that, in levels, subject and backdrop are too alike for a pixel to lie measurably between them.
    private const float Alike = 14;
    private const float GuideSoftness = 30;

    // A layer that has so much of the next one's difference from the backdrop is subject through and through.
    private const float Shading = 0.88f;
    private const int Deepest = 6;

    private readonly Photo photo;
    private readonly PlainBackdrop backdrop;
    private readonly bool[] subject;
    private readonly int reach;

    public EdgeMatte(Photo photo, PlainBackdrop backdrop, bool[] subject)
    {
        (this.photo, this.backdrop, this.subject) = (photo, backdrop, subject);
        reach = Math.Max(2, (int)Math.Round(Math.Min(photo.Width, photo.Height) / 360.0) + 1);
    }

    /// <summary>Red, green, blue and alpha of the subject alone.</summary>
    public byte[] Cut()
    {
        var solid = BoxMean.Of(Array.ConvertAll(subject, s => s ? 1f : 0), photo.Width, photo.Height, reach);
        var inside = SurroundingColour.Of(photo, Array.ConvertAll(solid, s => s > 0.999f), reach + 2);
        var outside = SurroundingColour.Of(photo, Array.ConvertAll(solid, s => s < 0.001f), (2 * reach) + 2);
        var alpha = Guided(Raw(outside), solid);
        var rgba = new byte[photo.Pixels * 4];
        for (var at = 0; at < photo.Pixels; at++)
        {
            Write(at, alpha[at], solid[at], inside, outside, rgba);
        }
        return rgba;
    }

    private static bool IsEdge(float solid) => solid is > 0.001f and < 0.999f;

    // From the inside outwards: how far each layer of the mask is from the backdrop, measured by the layer within it. A soft edge falls off
    // over several layers, a subject's own shading hardly from one to the next.
    private float[] Raw(SurroundingColour outside)
    {
        var alpha = Array.ConvertAll(subject, s => s ? 1f : 0);
        var layers = Layers();
        for (var depth = Deepest - 1; depth >= 0; depth--)
        {
            foreach (var at in layers.Pixels[depth])
            {
                alpha[at] = Share(at, depth, layers.Depth, alpha, outside.At(at) ?? backdrop.At(at));
            }
        }
        return alpha;
    }

    private float Share(int at, int depth, byte[] depths, float[] alpha, (float Red, float Green, float Blue) behind)
    {
        var (red, green, blue, within, count) = (0f, 0f, 0f, 0f, 0);
        var (x, y) = (at % photo.Width, at / photo.Width);
        for (var row = Math.Max(0, y - 1); row <= Math.Min(photo.Height - 1, y + 1); row++)
        {
            for (var column = Math.Max(0, x - 1); column <= Math.Min(photo.Width - 1, x + 1); column++)
            {
                var near = (row * photo.Width) + column;
                if (depths[near] == depth + 1)
                {
                    red += photo.Rgb[3 * near];
                    green += photo.Rgb[(3 * near) + 1];
                    blue += photo.Rgb[(3 * near) + 2];
                    within += alpha[near];
                    count++;
                }
            }
        }
        if (count == 0)
        {
            // Finer than its own edge: a hair, a string.
            return depth == 0 ? 0 : Math.Clamp((backdrop.Distance(at) - (2 * backdrop.Noise)) / 40, 0, 1);
        }
        (red, green, blue) = ((red / count) - behind.Red, (green / count) - behind.Green, (blue / count) - behind.Blue);
        var square = (red * red) + (green * green) + (blue * blue);
        if (square < Alike * Alike)
        {
            return depth == 0 ? 0 : within / count;
        }
        var share = (((photo.Rgb[3 * at] - behind.Red) * red)
            + ((photo.Rgb[(3 * at) + 1] - behind.Green) * green)
            + ((photo.Rgb[(3 * at) + 2] - behind.Blue) * blue)) / square;
        // A mixture of both lies between both; what does not is the subject's own.
        var off = photo.Distance(at, behind.Red + (share * red), behind.Green + (share * green), behind.Blue + (share * blue));
        var itself = depth < 2 ? 0 : (off - 6 - (2 * backdrop.Noise)) / 24;
        return Math.Clamp(Math.Max(share / Shading, itself), 0, 1) * (within / count);
    }

    private (List<int>[] Pixels, byte[] Depth) Layers()
    {
        var depth = Array.ConvertAll(subject, s => (byte)(s ? Deepest : 0));
        List<int>[] layers = [.. Enumerable.Range(0, Deepest).Select(_ => new List<int>())];
        for (byte layer = 1; layer < Deepest; layer++)
        {
            layers[layer] = [.. Enumerable.Range(0, depth.Length).Where(at => depth[at] == Deepest && Touches(at, layer - 1))];
            layers[layer].ForEach(at => depth[at] = layer);
        }
        layers[0] = [.. Enumerable.Range(0, depth.Length).Where(at => depth[at] == 0 && Touches(at, 1))];
        return (layers, depth);

        bool Touches(int at, int other)
        {
            var x = at % photo.Width;
            return (x > 0 && depth[at - 1] == other)
                || (x < photo.Width - 1 && depth[at + 1] == other)
                || (at >= photo.Width && depth[at - photo.Width] == other)
                || (at < photo.Pixels - photo.Width && depth[at + photo.Width] == other);
        }
    }

    // Only the edge is smoothed: what is solid stays solid, what is empty stays empty.
    private float[] Guided(float[] alpha, float[] solid)
    {
        const int radius = 2;
        var (width, height) = (photo.Width, photo.Height);
        var guide = new float[alpha.Length];
        for (var at = 0; at < guide.Length; at++)
        {
            guide[at] = backdrop.Distance(at);
        }
        float[] Mean(Func<int, float> value)
        {
            var values = new float[alpha.Length];
            for (var at = 0; at < values.Length; at++)
            {
                values[at] = value(at);
            }
            return BoxMean.Of(values, width, height, radius);
        }
        var (meanGuide, meanAlpha) = (Mean(at => guide[at]), Mean(at => alpha[at]));
        var (both, square) = (Mean(at => guide[at] * alpha[at]), Mean(at => guide[at] * guide[at]));
        var slope = new float[alpha.Length];
        for (var at = 0; at < slope.Length; at++)
        {
            slope[at] = (both[at] - (meanGuide[at] * meanAlpha[at])) / (square[at] - (meanGuide[at] * meanGuide[at]) + GuideSoftness);
        }
        var (meanSlope, meanRest) = (Mean(at => slope[at]), Mean(at => meanAlpha[at] - (slope[at] * meanGuide[at])));
        var made = new float[alpha.Length];
        for (var at = 0; at < made.Length; at++)
        {
            var smooth = (meanSlope[at] * guide[at]) + meanRest[at];
            var value = IsEdge(solid[at]) ? (0.3f * smooth) + (0.7f * alpha[at]) : alpha[at];
            // A grain of the backdrop's noise is no subject.
            made[at] = value < 0.03f ? 0 : value > 0.97f ? 1 : value;
        }
        return made;
    }

    private void Write(int at, float alpha, float solid, SurroundingColour inside, SurroundingColour outside, byte[] rgba)
    {
        rgba[(4 * at) + 3] = (byte)MathF.Round(255 * alpha);
        var own = inside.At(at);
        if (alpha <= 0 && own is null)
        {
            return;
        }
        var behind = outside.At(at) ?? backdrop.At(at);
        var near = own ?? (photo.Rgb[3 * at], photo.Rgb[(3 * at) + 1], photo.Rgb[(3 * at) + 2]);
        for (var channel = 0; channel < 3; channel++)
        {
            var (seen, under, ours) = channel switch
            {
                0 => (photo.Rgb[3 * at], behind.Red, near.Red),
                1 => (photo.Rgb[(3 * at) + 1], behind.Green, near.Green),
                _ => (photo.Rgb[(3 * at) + 2], behind.Blue, near.Blue),
            };
            // The less of a pixel is subject, the less can be told of its colour: there the inside's is likelier.
            var alone = alpha > 0.02f ? Math.Clamp((seen - ((1 - alpha) * under)) / alpha, 0, 255) : ours;
            var sure = IsEdge(solid) ? alpha * alpha : alpha > 0 ? 1 : 0;
            rgba[(4 * at) + channel] = (byte)MathF.Round((sure * alone) + ((1 - sure) * ours));
        }
    }
}

using McpI2V.Engine.Providers;
using McpI2V.Media.Geometry;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.OpenAI;

/// <summary>
/// Sizes as OpenAI takes them: multiples of 16 up to 3840 pixels with sides from 1:3 to 3:1, or one of a few for older models.
/// </summary>
internal static class OpenAISizes
{
    private const int Longest = 3840;

    /// <summary>The size as it is sent.</summary>
    public static string FromOrder(GenerationOrder order)
    {
        var wanted = order.Settings.Size;
        if (JsonWire.FromOrder(order).OwnWords(OpenAIJson.Default.OpenAIWire).Sizes is { Length: > 0 } few)
        {
            return few.MinBy(s => Math.Abs(Math.Log(Parse(s).Ratio / wanted.Ratio)))!;
        }
        var size = Multiple(wanted, 16);
        return $"{size.Width}x{size.Height}";
    }

    /// <summary>The nearest size whose sides are multiples of a number.</summary>
    public static PixelSize Multiple(PixelSize size, int of)
    {
        var factor = Math.Min(1, (double)Longest / size.LongSide);
        return new PixelSize(PixelSize.Multiple(size.Width * factor, of), PixelSize.Multiple(size.Height * factor, of));
    }

    private static PixelSize Parse(string size)
    {
        var sides = size.Split('x');
        return new PixelSize(
            int.Parse(sides[0], System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(sides[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}

using System.Runtime.InteropServices;

namespace McpI2V.Media.Geometry;

/// <summary>A resolution by the field's name for it: the short side and a p.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Resolution(int ShortSide)
{
    private static readonly int[] Known = [480, 720, 1080, 1440, 2160];

    /// <summary>What is rendered unless asked otherwise: 1080p.</summary>
    public static readonly Resolution Default = new(1080);

    /// <summary>The allowed spellings.</summary>
    public static string Names => string.Join(", ", Known.Select(k => $"{k}p"));

    /// <summary>Every resolution.</summary>
    public static IEnumerable<Resolution> All => Known.Select(k => new Resolution(k));

    /// <summary>The resolution with this spelling.</summary>
    public static bool TryParse(string? text, out Resolution resolution)
    {
        resolution = int.TryParse(text?.Trim().TrimEnd('p', 'P'), out var side) && Known.Contains(side) ? new(side) : default;
        return resolution.ShortSide > 0;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ShortSide}p";
}

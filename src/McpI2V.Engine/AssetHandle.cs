using System.Globalization;
using System.Runtime.InteropServices;
using McpI2V.Media.Formats;

namespace McpI2V.Engine;

/// <summary>The short name of an asset: <c>still-7</c>, <c>clip-12</c>, <c>audio-3</c>; numbered by kind, never reused.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AssetHandle(MediaKind Kind, int Number)
{
    /// <summary>Reads a handle, also inside <c>i2v://assets/</c>.</summary>
    public static bool TryParse(string? text, out AssetHandle handle)
    {
        handle = default;
        var name = text?.Trim().ToLowerInvariant() ?? "";
        name = name.StartsWith("i2v://assets/", StringComparison.Ordinal) ? name["i2v://assets/".Length..] : name;
        var parts = name.Split('-');
        if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            return false;
        }
        MediaKind? kind = parts[0] switch { "still" => MediaKind.Still, "clip" => MediaKind.Clip, "audio" => MediaKind.Audio, _ => null };
        handle = kind is null ? default : new AssetHandle(kind.Value, number);
        return kind is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Kind switch { MediaKind.Still => "still", MediaKind.Clip => "clip", _ => "audio" })}-{Number}");
}

using System.Globalization;
using System.Runtime.InteropServices;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Colours;

/// <summary>A dominant colour of a picture.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="Percent">How much of the picture it takes, 1 to 100.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ColourShare(Colour Colour, int Percent)
{
    /// <summary>Colours as a row keeps them: <c>#2563eb 42 #ffffff 30</c>.</summary>
    public static string Write(IEnumerable<ColourShare> colours) =>
        string.Join(' ', colours.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Colour} {c.Percent}")));

    /// <summary>Colours that <see cref="Write"/> wrote; null for anything else, which is measured anew.</summary>
    public static IReadOnlyList<ColourShare>? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<ColourShare> colours = [];
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            if (!Colour.TryParse(parts[i], out var colour) || !int.TryParse(parts[i + 1], CultureInfo.InvariantCulture, out var percent))
            {
                return null;
            }
            colours.Add(new ColourShare(colour, percent));
        }
        return colours;
    }
}

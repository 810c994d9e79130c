using System.Globalization;
using System.Text;
using McpI2V.Media.Grading.Light;

namespace McpI2V.Media.Grading.Tables;

/// <summary>
/// What becomes of every colour, at the points of a grid; between them a colour takes the share of the four corners of the tetrahedron
/// that it lies in, which keeps greys grey.
/// </summary>
/// <param name="Points">Points on each axis.</param>
/// <param name="Values">Red, green and blue of each point, red changing fastest.</param>
internal sealed record ColourTable(int Points, float[] Values)
{
    /// <summary>Enough for any grade of numbers: between points they hardly bend.</summary>
    public const int UsualPoints = 33;

    /// <summary>The most that is taken from a file, and the most that is written.</summary>
    public const int MostPoints = 65;

    /// <summary>The table of a function.</summary>
    public static ColourTable Of(int points, Func<Rgb, Rgb> function)
    {
        var values = new float[points * points * points * 3];
        double last = points - 1;
        for (var i = 0; i < values.Length / 3; i++)
        {
            var made = function(new Rgb(i % points / last, i / points % points / last, i / (points * points) / last)).Clamped();
            (values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2]) = ((float)made.Red, (float)made.Green, (float)made.Blue);
        }
        return new ColourTable(points, values);
    }

    /// <summary>What becomes of a colour.</summary>
    public Rgb At(Rgb coded)
    {
        var ((r, red), (g, green), (b, blue)) = (Cell(coded.Red), Cell(coded.Green), Cell(coded.Blue));
        // From the dark corner to the bright one, first along the axis of which most is there.
        Span<(double Share, int Step)> axes = [(red, 1), (green, Points), (blue, Points * Points)];
        axes.Sort((one, other) => other.Share.CompareTo(one.Share));
        var at = r + (g * Points) + (b * Points * Points);
        var made = Point(at).Times(1 - axes[0].Share);
        for (var i = 0; i < 3; i++)
        {
            at += axes[i].Step;
            var share = axes[i].Share - (i < 2 ? axes[i + 1].Share : 0);
            made = share > 0 ? Sum(made, Point(at).Times(share)) : made;
        }
        return made;
    }

    /// <summary>The table as the text of a .cube file, as ffmpeg reads it.</summary>
    public string ToCube()
    {
        var text = new StringBuilder($"LUT_3D_SIZE {Points}\n", Values.Length * 10);
        for (var i = 0; i < Values.Length; i++)
        {
            text.Append(Values[i].ToString("0.#######", CultureInfo.InvariantCulture)).Append(i % 3 == 2 ? '\n' : ' ');
        }
        return text.ToString();
    }

    private (int Index, double Share) Cell(double value)
    {
        var place = Math.Clamp(value, 0, 1) * (Points - 1);
        var index = Math.Min((int)place, Points - 2);
        return (index, place - index);
    }

    private Rgb Point(int at) => new(Values[3 * at], Values[(3 * at) + 1], Values[(3 * at) + 2]);

    private static Rgb Sum(Rgb one, Rgb other) => new(one.Red + other.Red, one.Green + other.Green, one.Blue + other.Blue);
}

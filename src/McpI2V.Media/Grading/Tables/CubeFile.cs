using System.Globalization;
using McpI2V.Media.Grading.Light;

namespace McpI2V.Media.Grading.Tables;

/// <summary>
/// Reads .cube files (Adobe, "Cube LUT Specification" 1.0, 2013; with the input ranges that Resolve writes). The file itself never
/// reaches ffmpeg, which opens it by rules of its own.
/// </summary>
public static class CubeFile
{
    /// <summary>The most bytes such a file may have: twice what the largest table takes.</summary>
    public const int LongestBytes = 24_000_000;

    private const int MostCurvePoints = 65_536;

    private static readonly string[] Keywords =
        ["TITLE", "LUT_1D_SIZE", "LUT_3D_SIZE", "DOMAIN_MIN", "DOMAIN_MAX", "LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE"];

    /// <summary>True if a file that begins with these bytes means to be one.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> head)
    {
        var text = System.Text.Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF');
        return !text.Contains('\0', StringComparison.Ordinal)
            && text.Split('\n')
                .Select(l => l.Trim())
                .FirstOrDefault(l => l.Length > 0 && l[0] != '#') is { } first
            && Keywords.Any(k => first.StartsWith(k, StringComparison.Ordinal) && first.AsSpan(k.Length) is [' ' or '\t', ..]);
    }

    /// <summary>Reads the table.</summary>
    /// <exception cref="MediaException">It is damaged, too large or of a kind that is not read; the message says where.</exception>
    internal static ColourTable Read(TextReader text)
    {
        var header = new Header();
        List<float> values = [];
        var number = 0;
        Span<Range> parts = stackalloc Range[5];
        while (text.ReadLine() is { } raw)
        {
            number++;
            var line = raw.AsSpan().Trim(" \t\r\uFEFF");
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }
            if (char.IsAsciiLetter(line[0]))
            {
                header.Read(line.ToString(), number);
                continue;
            }
            if (header.Size == 0)
            {
                throw Fault($"line {number} has numbers before LUT_3D_SIZE or LUT_1D_SIZE says how many there are");
            }
            if (values.Count == 3 * header.Entries)
            {
                throw Fault($"line {number} is one too many: {header.Keyword} {header.Size} means {header.Entries} lines of numbers");
            }
            var count = line.SplitAny(parts, " \t", StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < 3; i++)
            {
                values.Add(count == 3
                    ? Number(line[parts[i]], number)
                    : throw Fault($"line {number} has {count} numbers, and 3 are needed"));
            }
        }
        if (header.Size == 0)
        {
            throw Fault("it says neither LUT_3D_SIZE nor LUT_1D_SIZE");
        }
        return values.Count == 3 * header.Entries
            ? header.Table([.. values])
            : throw Fault($"{header.Keyword} {header.Size} means {header.Entries} lines of numbers, and it has {values.Count / 3}");
    }

    private static float Number(ReadOnlySpan<char> text, int line) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw Fault($"line {line} has {ForeignText.Quote(text.ToString(), 20)}, which is no number");

    private static MediaException Fault(string what) => new(MediaFault.Unreadable, $"this .cube file can't be used: {what}");

    private sealed class Header
    {
        private readonly float[] low = [0, 0, 0];
        private readonly float[] high = [1, 1, 1];

        public int Size { get; private set; }

        public string Keyword { get; private set; } = "";

        public int Entries => IsCurve ? Size : Size * Size * Size;

        private bool IsCurve => Keyword == "LUT_1D_SIZE";

        public void Read(string line, int number)
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "TITLE":
                    break;
                case "LUT_1D_SIZE" or "LUT_3D_SIZE":
                    ReadSize(words, number);
                    break;
                case "DOMAIN_MIN":
                    ReadDomain(words, low, number);
                    break;
                case "DOMAIN_MAX":
                    ReadDomain(words, high, number);
                    break;
                case "LUT_1D_INPUT_RANGE" or "LUT_3D_INPUT_RANGE" when words.Length == 3:
                    Array.Fill(low, Number(words[1], number));
                    Array.Fill(high, Number(words[2], number));
                    break;
                default:
                    throw Fault($"line {number} begins with {ForeignText.Quote(words[0], 30)}, which no .cube file has");
            }
        }

        // Steps between are straight, and the finest table that is rendered has 65 points: a curve is read off at those.
        public ColourTable Table(float[] values)
        {
            for (var i = 0; i < 3; i++)
            {
                if (high[i] <= low[i])
                {
                    throw Fault($"DOMAIN_MAX {high[i]:0.###} is not above DOMAIN_MIN {low[i]:0.###}");
                }
            }
            if (IsCurve)
            {
                return ColourTable.Of(ColourTable.MostPoints, c => Curve(values, InDomain(c)));
            }
            var table = new ColourTable(Size, values);
            return low.All(v => v == 0) && high.All(v => v == 1)
                ? ColourTable.Of(Size, table.At)
                : ColourTable.Of(ColourTable.MostPoints, c => table.At(InDomain(c)));
        }

        private void ReadSize(string[] words, int number)
        {
            if (Size > 0)
            {
                throw Fault("it holds a 1D and a 3D table, or one twice; export it as one 3D LUT");
            }
            Keyword = words[0];
            var most = IsCurve ? MostCurvePoints : ColourTable.MostPoints;
            Size = words.Length == 2
                && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                && size >= 2
                && size <= most
                ? size
                : throw Fault($"line {number} says {ForeignText.Quote(string.Join(' ', words), 40)}, and sizes from 2 to {most} are " +
                    $"read{(IsCurve ? "" : "; export it with 33 or 65 points on each side")}");
        }

        private static void ReadDomain(string[] words, float[] bound, int number)
        {
            for (var i = 0; i < 3; i++)
            {
                bound[i] = words.Length == 4 ? Number(words[i + 1], number) : throw Fault($"line {number} needs three numbers");
            }
        }

        private Rgb InDomain(Rgb c) => new(
            (c.Red - low[0]) / (high[0] - low[0]),
            (c.Green - low[1]) / (high[1] - low[1]),
            (c.Blue - low[2]) / (high[2] - low[2]));

        private static Rgb Curve(float[] values, Rgb c) => new(Read(values, c.Red, 0), Read(values, c.Green, 1), Read(values, c.Blue, 2));

        private static double Read(float[] values, double at, int channel)
        {
            var last = (values.Length / 3) - 1;
            var place = Math.Clamp(at, 0, 1) * last;
            var index = Math.Min((int)place, last - 1);
            var (one, next) = (values[(3 * index) + channel], values[(3 * index) + 3 + channel]);
            return one + ((next - one) * (place - index));
        }
    }
}

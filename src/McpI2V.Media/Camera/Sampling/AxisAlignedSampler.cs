using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace McpI2V.Media.Camera.Sampling;

/// <summary>
/// Samples a plane through an upright view: first down the columns, then along the rows, each with eight weights at the
/// exact sub-pixel position, so that a slow move glides instead of stepping.
/// </summary>
internal sealed class AxisAlignedSampler
{
    // Between the passes a sample keeps six bits of fraction.
    private const int ColumnShift = 8;
    private const int RowShift = 20;
    private readonly int width;
    private readonly int height;
    private readonly AxisWeights columns;
    private readonly AxisWeights rows;
    private short[] line = [];

    public AxisAlignedSampler(int width, int height)
    {
        (this.width, this.height) = (width, height);
        columns = new AxisWeights(width);
        rows = new AxisWeights(height);
    }

    /// <summary>Off in a test that compares the two ways.</summary>
    internal bool Accelerated { get; init; } = Avx2.IsSupported;

    public void Sample(Plane source, Homography homography, Span<byte> target)
    {
        columns.Set(homography.C / homography.I, homography.A / homography.I, source.Width);
        rows.Set(homography.F / homography.I, homography.E / homography.I, source.Height);
        var left = columns.First[0];
        var span = columns.First[width - 1] + AxisWeights.Taps - left;
        if (line.Length < span + 64)
        {
            line = new short[span + 64];
        }
        for (var y = 0; y < height; y++)
        {
            var weights = rows.Weights.AsSpan(y * AxisWeights.Taps, AxisWeights.Taps);
            var from = source.Samples.AsSpan(source.Offset(left, rows.First[y]));
            var row = target.Slice(y * width, width);
            if (Accelerated)
            {
                Down(from, source.Stride, weights, rows.Reach, line, span);
                Along(line, columns, left, row);
            }
            else
            {
                DownPlain(from, source.Stride, weights, line, span);
                AlongPlain(line, columns, left, row);
            }
        }
    }

    private static void Down(ReadOnlySpan<byte> from, int stride, ReadOnlySpan<short> weights, int reach, short[] line, int span)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetArrayDataReference(line);
        var half = Vector256.Create(1 << (ColumnShift - 1));
        var limit = from.Length - ((reach - 1) * stride) - 16;
        Span<Vector256<int>> pairs = stackalloc Vector256<int>[4];
        for (var pair = 0; pair < reach / 2; pair++)
        {
            pairs[pair] = Vector256.Create((weights[2 * pair] & 0xFFFF) | (weights[(2 * pair) + 1] << 16));
        }
        for (var x = 0; x < span; x += 16)
        {
            // The last rows of the last plane end close to the array's end: step back instead of past it.
            var at = Math.Min(x, limit);
            var low = half;
            var high = half;
            for (var pair = 0; pair < reach / 2; pair++)
            {
                var upper = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source, (nuint)(at + (2 * pair * stride))));
                var lower = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source, (nuint)(at + (((2 * pair) + 1) * stride))));
                var weight = pairs[pair].AsInt16();
                low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(upper, lower), weight);
                high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(upper, lower), weight);
            }
            Avx2.PackSignedSaturate(low >> ColumnShift, high >> ColumnShift).StoreUnsafe(ref target, (nuint)at);
        }
    }

    private static void Along(short[] line, AxisWeights columns, int left, Span<byte> row)
    {
        ref var source = ref MemoryMarshal.GetArrayDataReference(line);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(columns.Weights);
        var first = columns.First;
        var half = Vector128.Create(1 << (RowShift - 1));
        var x = 0;
        for (; x + 4 <= row.Length; x += 4)
        {
            var ab = Ssse3.HorizontalAdd(
                Eight(ref source, first[x] - left, ref weights, x),
                Eight(ref source, first[x + 1] - left, ref weights, x + 1));
            var cd = Ssse3.HorizontalAdd(
                Eight(ref source, first[x + 2] - left, ref weights, x + 2),
                Eight(ref source, first[x + 3] - left, ref weights, x + 3));
            var sums = (Ssse3.HorizontalAdd(ab, cd) + half) >> RowShift;
            var bytes = Sse2.PackUnsignedSaturate(Sse2.PackSignedSaturate(sums, sums), default);
            Unsafe.WriteUnaligned(ref row[x], bytes.AsUInt32().ToScalar());
        }
        for (; x < row.Length; x++)
        {
            row[x] = (byte)Math.Clamp(
                (Vector128.Sum(Eight(ref source, first[x] - left, ref weights, x)) + (1 << (RowShift - 1))) >> RowShift,
                0,
                255);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Eight(ref short source, int at, ref short weights, int x) =>
        Sse2.MultiplyAddAdjacent(
            Vector128.LoadUnsafe(ref source, (nuint)at),
            Vector128.LoadUnsafe(ref weights, (nuint)(x * AxisWeights.Taps)));

    private static void DownPlain(ReadOnlySpan<byte> from, int stride, ReadOnlySpan<short> weights, short[] line, int span)
    {
        for (var x = 0; x < span; x++)
        {
            var sum = 1 << (ColumnShift - 1);
            for (var tap = 0; tap < AxisWeights.Taps; tap++)
            {
                if (weights[tap] != 0)
                {
                    sum += from[x + (tap * stride)] * weights[tap];
                }
            }
            line[x] = (short)(sum >> ColumnShift);
        }
    }

    private static void AlongPlain(short[] line, AxisWeights columns, int left, Span<byte> row)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var sum = 1 << (RowShift - 1);
            var at = columns.First[x] - left;
            for (var tap = 0; tap < AxisWeights.Taps; tap++)
            {
                sum += line[at + tap] * columns.Weights[(x * AxisWeights.Taps) + tap];
            }
            row[x] = (byte)Math.Clamp(sum >> RowShift, 0, 255);
        }
    }
}

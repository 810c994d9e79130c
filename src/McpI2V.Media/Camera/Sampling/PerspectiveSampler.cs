using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace McpI2V.Media.Camera.Sampling;

/// <summary>
/// Samples a plane through any view (orbit, roll, pan): a four by four Catmull-Rom patch at the exact position of every pixel.
/// </summary>
internal sealed class PerspectiveSampler(int width, int height)
{
    private const int Bands = 4;
    private const int Phases = 256;
    private const int WeightBits = 10;
    private static readonly short[] PhaseWeights = Table();

    /// <summary>Off in a test that compares the two ways.</summary>
    internal bool Accelerated { get; init; } = Avx2.IsSupported;

    /// <summary>Fills a plane of a frame, in a few bands at once.</summary>
    public void Sample(Plane source, Homography homography, byte[] frame, int offset)
    {
        var bands = Math.Min(Bands, height);
        Parallel.For(
            0,
            bands,
            band => SampleRows(
                source,
                homography,
                frame.AsSpan(offset, width * height),
                height * band / bands,
                height * (band + 1) / bands));
    }

    private void SampleRows(Plane source, Homography homography, Span<byte> target, int from, int to)
    {
        // Padded to whole vectors: the surplus is computed and not used.
        var padded = (width + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        var (columns, lines) = (new long[padded], new long[padded]);
        for (var y = from; y < to; y++)
        {
            Locate(homography, y + 0.5, source, columns, lines);
            var row = target.Slice(y * width, width);
            for (var x = 0; x < row.Length; x++)
            {
                var (fixedX, fixedY) = ((int)columns[x], (int)lines[x]);
                var at = source.Offset((fixedX >> 8) - 1, (fixedY >> 8) - 1);
                var sum = Accelerated
                    ? Patch(source.Samples, at, source.Stride, fixedX & 255, fixedY & 255)
                    : PatchPlain(source.Samples, at, source.Stride, fixedX & 255, fixedY & 255);
                row[x] = (byte)Math.Clamp((sum + (1 << ((2 * WeightBits) - 1))) >> (2 * WeightBits), 0, 255);
            }
        }
    }

    // Where each pixel of a row lies on the still, in 256ths of a sample. The clamp keeps a view that was framed by hand
    // inside the border.
    private static void Locate(Homography homography, double v, Plane source, long[] columns, long[] lines)
    {
        var (rowX, rowY, rowW) = (
            Vector256.Create((homography.B * v) + homography.C),
            Vector256.Create((homography.E * v) + homography.F),
            Vector256.Create((homography.H * v) + homography.I));
        for (var x = 0; x < columns.Length; x += Vector256<double>.Count)
        {
            var u = Vector256.Create(x + 0.5, x + 1.5, x + 2.5, x + 3.5);
            var depth = Vector256<double>.One / ((u * homography.G) + rowW);
            Fixed(((u * homography.A) + rowX) * depth, source.Width).StoreUnsafe(ref columns[x]);
            Fixed(((u * homography.D) + rowY) * depth, source.Height).StoreUnsafe(ref lines[x]);
        }
    }

    // Adding 3 * 2^51 leaves the rounded whole number in the low bits of a double.
    private static Vector256<long> Fixed(Vector256<double> position, int length)
    {
        const double Rounder = 6755399441055744.0;
        var centred = Vector256.Min(
            Vector256.Max(position - Vector256.Create(0.5), Vector256.Create(2.0 - Plane.Border)),
            Vector256.Create((double)length + Plane.Border - 4));
        return ((centred * Phases) + Vector256.Create(Rounder)).AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Patch(byte[] samples, int at, int stride, int phaseX, int phaseY)
    {
        ref var source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(samples), at);
        var bytes = Vector128.Create(
            Unsafe.ReadUnaligned<uint>(ref source),
            Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, stride)),
            Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, 2 * stride)),
            Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, 3 * stride))).AsByte();
        ref var weights = ref Unsafe.As<short, ulong>(ref MemoryMarshal.GetArrayDataReference(PhaseWeights));
        var across = Vector256.Create(Unsafe.Add(ref weights, phaseX)).AsInt16();
        var down = Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.Add(ref weights, phaseY)).AsInt16());
        // Two sums a row come out of the multiply: rows 0 0 1 1 2 2 3 3.
        var rows = Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(bytes), across);
        var spread = Avx2.PermuteVar8x32(down, Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3));
        return Vector256.Sum(Avx2.MultiplyLow(rows, spread));
    }

    private static int PatchPlain(byte[] samples, int at, int stride, int phaseX, int phaseY)
    {
        var sum = 0;
        for (var row = 0; row < 4; row++)
        {
            var across = 0;
            for (var column = 0; column < 4; column++)
            {
                across += samples[at + (row * stride) + column] * PhaseWeights[(phaseX * 4) + column];
            }
            sum += across * PhaseWeights[(phaseY * 4) + row];
        }
        return sum;
    }

    private static short[] Table()
    {
        var table = new short[Phases * 4];
        for (var phase = 0; phase < Phases; phase++)
        {
            var t = (double)phase / Phases;
            ReadOnlySpan<double> exact =
            [
                (((-0.5 * t) + 1) * t * t) - (0.5 * t),
                (((1.5 * t) - 2.5) * t * t) + 1,
                (((-1.5 * t) + 2) * t * t) + (0.5 * t),
                ((0.5 * t) - 0.5) * t * t,
            ];
            var total = 0;
            for (var tap = 0; tap < 4; tap++)
            {
                table[(phase * 4) + tap] = (short)Math.Round(exact[tap] * (1 << WeightBits));
                total += table[(phase * 4) + tap];
            }
            table[(phase * 4) + (t < 0.5 ? 1 : 2)] += (short)((1 << WeightBits) - total);
        }
        return table;
    }
}

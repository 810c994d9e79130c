using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace McpI2V.Media.Camera;

/// <summary>Samples a plane through any view (orbit, roll, pan): a four by four Catmull-Rom patch at the exact position of every pixel.</summary>
internal sealed class TurnedSampler(int width, int height)
{
    private const int Phases = 256;
    private const int WeightBits = 10;
    private static readonly short[] PhaseWeights = Table();

    /// <summary>Off in a test that compares the two ways.</summary>
    internal bool Accelerated { get; init; } = Avx2.IsSupported;

    public void Sample(Plane source, View view, Span<byte> target)
    {
        for (var y = 0; y < height; y++)
        {
            var v = y + 0.5;
            var row = target.Slice(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var (sourceX, sourceY) = view.Map(x + 0.5, v);
                var fixedX = ToFixed(sourceX - 0.5, source.Width);
                var fixedY = ToFixed(sourceY - 0.5, source.Height);
                var at = source.Offset((fixedX >> 8) - 1, (fixedY >> 8) - 1);
                var sum = Accelerated
                    ? Patch(source.Samples, at, source.Stride, fixedX & 255, fixedY & 255)
                    : PatchPlain(source.Samples, at, source.Stride, fixedX & 255, fixedY & 255);
                row[x] = (byte)Math.Clamp((sum + (1 << ((2 * WeightBits) - 1))) >> (2 * WeightBits), 0, 255);
            }
        }
    }

    // Eight bits of fraction: a 256th of a pixel. The clamp keeps a view that was framed by hand inside the border.
    private static int ToFixed(double position, int length) =>
        (int)Math.Floor((Math.Clamp(position, 2 - Plane.Border, length + Plane.Border - 4) * Phases) + 0.5);

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

using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace McpI2V.Providers.Webhooks;

/// <summary>
/// Checks Ed25519 signatures (RFC 8032, section 5.1.7). The platform has none yet, and no library with one can be restored
/// where this is built; it only ever handles public values, so that its time gives nothing away.
/// </summary>
internal static class Ed25519
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252) +
        BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly (BigInteger X, BigInteger Y) Base = (XOf(4 * Inverse(5), isOdd: false)!.Value, Mod(4 * Inverse(5)));

    /// <summary>True if the holder of a public key signed a message.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">64 bytes.</param>
    public static bool IsSigned(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != 32 || signature.Length != 64 || Point(publicKey) is not { } a || Point(signature[..32]) is not { } r)
        {
            return false;
        }
        var s = new BigInteger(signature[32..], isUnsigned: true);
        if (s >= L)
        {
            return false;
        }
        var k = new BigInteger(SHA512.HashData([.. signature[..32], .. publicKey, .. message]), isUnsigned: true) % L;
        return IsSame(Multiply(Of(Base), s), Add(Of(r), Multiply(Of(a), k)));
    }

    private static (BigInteger X, BigInteger Y)? Point(ReadOnlySpan<byte> encoded)
    {
        Span<byte> bytes = stackalloc byte[32];
        encoded.CopyTo(bytes);
        var isOdd = (bytes[31] & 0x80) != 0;
        bytes[31] &= 0x7F;
        var y = new BigInteger(bytes, isUnsigned: true);
        return y < P && XOf(y, isOdd) is { } x ? (x, y) : null;
    }

    private static BigInteger? XOf(BigInteger y, bool isOdd)
    {
        y = Mod(y);
        var square = Mod((y * y - 1) * Inverse(D * y * y + 1));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        x = Mod(x * x) == square ? x : Mod(x * RootOfMinusOne);
        if (Mod(x * x) != square || (x.IsZero && isOdd))
        {
            return null;
        }
        return x.IsEven == isOdd ? P - x : x;
    }

    private static Extended Multiply(Extended point, BigInteger times)
    {
        var sum = new Extended(0, 1, 1, 0);
        for (; times > 0; times >>= 1)
        {
            sum = times.IsEven ? sum : Add(sum, point);
            point = Add(point, point);
        }
        return sum;
    }

    // RFC 8032, section 5.1.4.
    private static Extended Add(Extended one, Extended other)
    {
        var a = Mod((one.Y - one.X) * (other.Y - other.X));
        var b = Mod((one.Y + one.X) * (other.Y + other.X));
        var c = Mod(2 * one.T * D % P * other.T);
        var d = Mod(2 * one.Z * other.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new Extended(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Extended Of((BigInteger X, BigInteger Y) point) => new(point.X, point.Y, 1, Mod(point.X * point.Y));

    private static bool IsSame(Extended one, Extended other) =>
        Mod(one.X * other.Z) == Mod(other.X * one.Z) && Mod(one.Y * other.Z) == Mod(other.Y * one.Z);

    private readonly record struct Extended(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }
}

using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace McpI2V.Simulators.Hedra;

/// <summary>Signs as Ed25519 does (RFC 8032, section 5.1.6), for a key of tests: it takes its time, and its time tells the key.</summary>
public static class Ed25519Signer
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252) +
        BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly (BigInteger X, BigInteger Y) Base = (
        BigInteger.Parse("15112221349535400772501151409588531511454012693041857206046113283949847762202", CultureInfo.InvariantCulture),
        Mod(4 * Inverse(5)));

    /// <summary>The public key of a secret of 32 bytes.</summary>
    public static byte[] PublicKey(byte[] secret) => Encode(Times(Scalar(SHA512.HashData(secret))));

    /// <summary>A signature of 64 bytes.</summary>
    public static byte[] Sign(byte[] secret, byte[] message)
    {
        var hash = SHA512.HashData(secret);
        var (a, publicKey) = (Scalar(hash), PublicKey(secret));
        var r = Number(SHA512.HashData([.. hash[32..], .. message])) % L;
        var point = Encode(Times(r));
        var k = Number(SHA512.HashData([.. point, .. publicKey, .. message])) % L;
        return [.. point, .. Bytes((r + (k * a)) % L)];
    }

    private static BigInteger Scalar(byte[] hash)
    {
        var bytes = hash[..32];
        bytes[0] &= 248;
        bytes[31] = (byte)((bytes[31] & 63) | 64);
        return Number(bytes);
    }

    private static (BigInteger X, BigInteger Y) Times(BigInteger times)
    {
        (BigInteger X, BigInteger Y) sum = (0, 1), point = Base;
        for (; times > 0; times >>= 1)
        {
            sum = times.IsEven ? sum : Add(sum, point);
            point = Add(point, point);
        }
        return sum;
    }

    private static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        var both = Mod(D * a.X % P * b.X % P * a.Y % P * b.Y);
        return (
            Mod(((a.X * b.Y) + (a.Y * b.X)) % P * Inverse(1 + both)),
            Mod(((a.Y * b.Y) + (a.X * b.X)) % P * Inverse(1 - both)));
    }

    private static byte[] Encode((BigInteger X, BigInteger Y) point)
    {
        var bytes = Bytes(point.Y);
        bytes[31] |= (byte)(point.X.IsEven ? 0 : 0x80);
        return bytes;
    }

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true);

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }
}

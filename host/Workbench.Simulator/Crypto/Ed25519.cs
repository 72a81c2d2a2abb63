using System.Numerics;
using System.Security.Cryptography;

namespace Workbench.Simulator.Crypto;

/// <summary>
/// Ed25519 signature verification after RFC 8032, on <see cref="BigInteger"/>. It handles public values only, so it need not
/// run in constant time; about a millisecond per signature is enough for a simulator.
/// </summary>
internal static class Ed25519
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Base = Decompress(BasePoint())!.Value;

    /// <summary>Whether <paramref name="signature"/> (64 bytes) is one of <paramref name="message"/> by the 32-byte public key.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != 32 || signature.Length != 64)
        {
            return false;
        }

        var s = new BigInteger(signature[32..], isUnsigned: true);
        if (s >= L || Decompress(publicKey) is not { } a || Decompress(signature[..32]) is not { } r)
        {
            return false;
        }

        var hashed = new byte[64 + message.Length];
        signature[..32].CopyTo(hashed);
        publicKey.CopyTo(hashed.AsSpan(32));
        message.CopyTo(hashed.AsSpan(64));
        var k = new BigInteger(SHA512.HashData(hashed), isUnsigned: true) % L;
        return Same(Multiply(Base, s), Add(r, Multiply(a, k)));
    }

    private static byte[] BasePoint()
    {
        // y = 4/5, x even.
        var y = Mod(4 * Inverse(5));
        var bytes = new byte[32];
        y.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static Point? Decompress(ReadOnlySpan<byte> bytes)
    {
        Span<byte> copy = stackalloc byte[32];
        bytes.CopyTo(copy);
        var sign = copy[31] >> 7;
        copy[31] &= 0x7f;
        var y = new BigInteger(copy, isUnsigned: true);
        if (y >= P)
        {
            return null;
        }

        var square = Mod((y * y - 1) * Inverse(D * y * y + 1));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Mod(x * x - square) != 0)
        {
            x = Mod(x * RootOfMinusOne);
        }

        if (Mod(x * x - square) != 0 || (x.IsZero && sign == 1))
        {
            return null;
        }

        x = (x.IsEven ? 0 : 1) == sign ? x : P - x;
        return new Point(x, y, BigInteger.One, Mod(x * y));
    }

    private static Point Multiply(Point point, BigInteger scalar)
    {
        var result = new Point(0, 1, 1, 0);
        for (var bit = (int)scalar.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = Add(result, result);
            if (!((scalar >> bit) & 1).IsZero)
            {
                result = Add(result, point);
            }
        }

        return result;
    }

    // Complete addition in extended coordinates, RFC 8032 section 5.1.4.
    private static Point Add(Point p, Point q)
    {
        var a = Mod((p.Y - p.X) * (q.Y - q.X));
        var b = Mod((p.Y + p.X) * (q.Y + q.X));
        var c = Mod(2 * p.T * q.T * D);
        var d = Mod(2 * p.Z * q.Z);
        var e = b - a;
        var f = d - c;
        var g = d + c;
        var h = b + a;
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static bool Same(Point p, Point q) =>
        Mod(p.X * q.Z - q.X * p.Z).IsZero && Mod(p.Y * q.Z - q.Y * p.Z).IsZero;

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);
}

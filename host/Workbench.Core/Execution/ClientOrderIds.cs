using System.Diagnostics.CodeAnalysis;
using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>What a client order id of ours says.</summary>
/// <param name="Installation">Three characters that mark this installation.</param>
/// <param name="Epoch">Which start of the host made it.</param>
/// <param name="Sequence">The number of the intent in that epoch.</param>
/// <param name="Attempt">Which send of that intent, from zero.</param>
public readonly record struct ClientOrderIdParts(string Installation, int Epoch, long Sequence, int Attempt);

/// <summary>Makes and reads client order ids: <c>w</c>, installation (3), epoch (3), sequence (7), attempt (1), check (2); 17 characters of lower-case base 32.</summary>
/// <remarks>Deterministic: the same epoch yields the same ids in the same order. The alphabet leaves out i, l, o and u, so that an id can be read aloud.</remarks>
public sealed class ClientOrderIds
{
    /// <summary>The highest number of an attempt.</summary>
    public const int MaxAttempt = 31;

    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 17;
    private const int Base = 32;
    private const int CheckedLength = 15;
    private readonly string _installation;
    private readonly int _epoch;
    private long _sequence;

    /// <summary>Begins an epoch.</summary>
    /// <param name="installation">Three characters of the alphabet.</param>
    /// <param name="epoch">0 to 32767, never used before by this installation.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public ClientOrderIds(string installation, int epoch)
    {
        _ = Create(installation, epoch, 0, 0);
        _installation = installation;
        _epoch = epoch;
    }

    /// <summary>The id of the next intent's first attempt.</summary>
    public ClientOrderId Next() => Create(_installation, _epoch, ++_sequence, 0);

    /// <summary>The id with these parts.</summary>
    /// <exception cref="ArgumentException">A part is outside its range.</exception>
    public static ClientOrderId Create(string installation, int epoch, long sequence, int attempt)
    {
        ArgumentNullException.ThrowIfNull(installation);
        if (!IsInstallation(installation))
        {
            throw new ArgumentException($"'{installation}' is not an installation: expected three characters of {Digits}.", nameof(installation));
        }

        return new ClientOrderId(string.Create(Length, (installation, epoch, sequence, attempt), static (text, parts) =>
        {
            text[0] = 'w';
            parts.installation.CopyTo(text[1..]);
            Write(text.Slice(4, 3), parts.epoch, nameof(epoch));
            Write(text.Slice(7, 7), parts.sequence, nameof(sequence));
            Write(text.Slice(14, 1), parts.attempt, nameof(attempt));
            Write(text.Slice(CheckedLength, 2), Check(text[..CheckedLength]), "check");
        }));
    }

    /// <summary>True for three characters of the alphabet.</summary>
    public static bool IsInstallation([NotNullWhen(true)] string? text) => text is { Length: 3 } && text.All(Digits.Contains);

    /// <summary>Reads an id; false when it was not made by any Workbench or is misspelt.</summary>
    public static bool TryParse(ClientOrderId id, out ClientOrderIdParts parts)
    {
        var text = id.Value.AsSpan();
        parts = default;
        if (text.Length != Length || text[0] != 'w' || text.ContainsAnyExcept(Digits) || Read(text[CheckedLength..]) != Check(text[..CheckedLength]))
        {
            return false;
        }

        parts = new ClientOrderIdParts(text.Slice(1, 3).ToString(), (int)Read(text.Slice(4, 3)), Read(text.Slice(7, 7)), (int)Read(text.Slice(14, 1)));
        return true;
    }

    /// <summary>True when an installation made the id.</summary>
    public static bool IsOurs(ClientOrderId id, string installation) =>
        TryParse(id, out var parts) && string.Equals(parts.Installation, installation, StringComparison.Ordinal);

    private static void Write(Span<char> to, long value, string what)
    {
        var rest = value;
        for (var i = to.Length - 1; i >= 0; i--)
        {
            to[i] = Digits[(int)(rest & (Base - 1))];
            rest >>= 5;
        }

        if (value < 0 || rest != 0)
        {
            throw new ArgumentOutOfRangeException(what, value, $"It does not fit {to.Length} characters of base {Base}.");
        }
    }

    private static long Read(ReadOnlySpan<char> text)
    {
        var value = 0L;
        foreach (var c in text)
        {
            value = (value * Base) + Digits.IndexOf(c, StringComparison.Ordinal);
        }

        return value;
    }

    /// <summary>A weighted sum modulo the largest prime that two characters hold: every single wrong character and every swap of two changes it.</summary>
    private static long Check(ReadOnlySpan<char> text)
    {
        var sum = 0L;
        foreach (var c in text)
        {
            sum = ((sum * 37) + Digits.IndexOf(c, StringComparison.Ordinal)) % 1021;
        }

        return sum;
    }
}

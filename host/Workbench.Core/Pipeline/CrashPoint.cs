using System.Diagnostics;
using System.Globalization;

namespace Workbench.Core.Pipeline;

/// <summary>Named moments at which the process can be made to kill itself, for tests of what a crash leaves behind: <c>WORKBENCH_CRASH_AT=record-unsynced</c>, or <c>=order-sent:3</c> for the third time.</summary>
/// <remarks>Nothing is flushed, disposed or told to anybody: it ends as if the power had gone. Without the variable a point costs the reading of one field. Any thread.</remarks>
public static class CrashPoint
{
    /// <summary>An intent exists in memory alone.</summary>
    public const string IntentMade = "intent-made";

    /// <summary>The limits have let an order pass.</summary>
    public const string RiskReserved = "risk-reserved";

    /// <summary>An order's record is written and not yet on the disk.</summary>
    public const string RecordUnsynced = "record-unsynced";

    /// <summary>An order's record is on the disk and nothing of it was sent.</summary>
    public const string RecordSynced = "record-synced";

    /// <summary>The first byte of an order is about to leave.</summary>
    public const string BeforeFirstByte = "before-first-byte";

    /// <summary>Half of an order's bytes have left.</summary>
    public const string HalfSent = "half-sent";

    /// <summary>All bytes of an order have left.</summary>
    public const string OrderSent = "order-sent";

    /// <summary>The answer to an order has arrived and nobody has looked at it.</summary>
    public const string AckOnWire = "ack-on-wire";

    /// <summary>The answer to an order is understood and not written down.</summary>
    public const string AckRead = "ack-read";

    /// <summary>The answer to an order is written down.</summary>
    public const string AckJournaled = "ack-journaled";

    /// <summary>A fill was read from the account's stream and is not written down.</summary>
    public const string FillRead = "fill-read";

    /// <summary>A fill is written down.</summary>
    public const string FillJournaled = "fill-journaled";

    /// <summary>All bytes of a cancel have left.</summary>
    public const string CancelSent = "cancel-sent";

    /// <summary>The venue has told what became of an order, and it is not written down.</summary>
    public const string LookedUp = "looked-up";

    private static readonly (string Name, int Times)? Armed = Parse(Environment.GetEnvironmentVariable("WORKBENCH_CRASH_AT"));

    private static int _passed;
    private static string? _pending;

    /// <summary>True when this process is to die at a point.</summary>
    public static bool Is(string name) => Armed is { } armed && armed.Name == name;

    /// <summary>The process has come to a point.</summary>
    public static void Reached(string name)
    {
        if (Is(name) && Interlocked.Increment(ref _passed) == Armed!.Value.Times)
        {
            Kill();
        }
    }

    /// <summary>What was just written becomes the point once it is committed.</summary>
    internal static void Written(string name)
    {
        if (Is(name))
        {
            _pending = name;
        }
    }

    /// <summary>What was written is committed.</summary>
    internal static void Committed()
    {
        if (Armed is not null && Interlocked.Exchange(ref _pending, null) is { } name)
        {
            Reached(name);
        }
    }

    private static (string Name, int Times)? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var parts = text.Split(':');
        return (parts[0], parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1);
    }

    private static void Kill()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();

        // The signal may take a moment; nothing may happen after the point.
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}

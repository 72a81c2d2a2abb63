using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Tui.Screen;

/// <summary>Everything one picture is painted from. Immutable; each refresh makes a new one.</summary>
internal sealed record Picture
{
    private const long TickNanoseconds = 250_000_000;

    public required EngineSnapshot Engine { get; init; }

    public required ConsoleLog Log { get; init; }

    public required string Environment { get; init; }

    public required string Version { get; init; }

    public required TimeSpan StaleAfter { get; init; }

    /// <summary>What went wrong while this picture was taken; the rest of it is then the one before.</summary>
    public string? Problem { get; init; }

    public Timestamp Now => Engine.Now;

    /// <summary>Rises four times a second: what shows ages repaints no more often for their sake.</summary>
    public long Tick => Now.UnixNanoseconds / TickNanoseconds;

    public int OpenOrders => Engine.Orders.Count(o => !o.IsDone);

    public Quote? QuoteOf(Symbol symbol) => Engine.Quotes.FirstOrDefault(q => q.Symbol == symbol);

    public bool IsStale(TimeSpan age) => age >= StaleAfter;

    /// <summary>A connection's name as shown beside what came from it, with the marks that change what it is worth.</summary>
    public string SourceName(ConnectionId connection, bool isBackup, bool isSimulated)
    {
        var name = Text.SafeText.Of(connection.ToString(), 24);
        var simulated = isSimulated && Environment != "SIM" ? " ~sim" : "";
        return isBackup ? $"{name} BACKUP{simulated}" : name + simulated;
    }

    /// <summary>True when two lists hold the same immutable items: the cheap question that decides whether anything is painted.</summary>
    public static bool Same<T>(IReadOnlyList<T> left, IReadOnlyList<T> right)
        where T : class
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        // Newest last: a difference is met early from the end.
        for (var i = left.Count - 1; i >= 0; i--)
        {
            if (!ReferenceEquals(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }
}

using Workbench.Core.Connections;
using Workbench.Sdk;

namespace Workbench.Core.Risk.Kill;

/// <summary>Cancels everything at one connection, and asks it until nothing is open. One round at a time.</summary>
internal sealed class KillVenueWork(ConnectionId id, Func<ConnectionId, Connection?> connections, Func<Symbol, Instrument?> instrument)
{
    private const int ReadsNeeded = 2;
    private int _emptyReads;

    /// <summary>True when the venue has said twice in a row that nothing is open.</summary>
    public bool IsVerified => _emptyReads >= ReadsNeeded;

    /// <summary>What is known.</summary>
    public KillVenue State { get; private set; } = new(id, null, "not asked yet");

    /// <summary>Forgets what was read: it was engaged anew.</summary>
    public void Restart() => _emptyReads = 0;

    /// <summary>Asks what is open, and to cancel it. Never throws.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            State = await AskAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            State = State with { Problem = "no answer in time" };
        }
#pragma warning disable CA1031 // boundary: connector. One that throws must not keep the others from being cancelled.
        catch (Exception e)
#pragma warning restore CA1031
        {
            State = State with { Problem = $"the connector threw {e.GetType().Name}: {e.Message}" };
        }

        _emptyReads = State is { Open: 0, Problem: null } ? _emptyReads + 1 : 0;
    }

    private async Task<KillVenue> AskAsync(CancellationToken cancellationToken)
    {
        if (connections(id)?.Connector?.Trading is not { } trading)
        {
            return new KillVenue(id, null, "not connected");
        }

        var read = await trading.GetOpenOrdersAsync(cancellationToken).ConfigureAwait(false);
        if (!read.IsOk)
        {
            return new KillVenue(id, null, $"its open orders cannot be read: {read.Error!.Message}");
        }

        var problems = new List<string>();
        foreach (var market in read.Value.GroupBy(o => o.Symbol))
        {
            problems.AddRange(await CancelAsync(trading, market.Key, [.. market], cancellationToken).ConfigureAwait(false));
        }

        return new KillVenue(id, read.Value.Count, problems.Count == 0 ? null : string.Join("; ", problems.Distinct()));
    }

    private async Task<IReadOnlyList<string>> CancelAsync(ITradingConnector trading, Symbol symbol, IReadOnlyList<OrderReport> open, CancellationToken cancellationToken)
    {
        if (instrument(symbol) is not { } market)
        {
            return [$"{symbol} is not among the venue's markets, {open.Count} open there"];
        }

        if (await trading.CancelAllAsync(market, cancellationToken).ConfigureAwait(false) is not { } refused)
        {
            return [];
        }

        // One by one, where the venue or its connector cannot do it at once.
        var problems = new List<string>();
        foreach (var order in open)
        {
            if (order.ClientOrderId is not { } ours)
            {
                problems.Add($"order {order.VenueOrderId} of {symbol} is foreign and could not be cancelled: {refused.Message}");
                continue;
            }

            var outcome = await trading.CancelAsync(new OrderReference(market, ours, order.VenueOrderId), cancellationToken).ConfigureAwait(false);
            if (Problem(outcome) is { } problem)
            {
                problems.Add($"order {order.VenueOrderId} of {symbol}: {problem}");
            }
        }

        return problems;
    }

    private static string? Problem(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.NotSent notSent => notSent.Proof.Message,
        OrderOutcome.Rejected { Error.Kind: not VenueErrorKind.NotFound } rejected => rejected.Error.Message,
        OrderOutcome.Unknown unknown => unknown.Reason.Message,
        _ => null,
    };
}

using Workbench.Sdk;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Direct;

/// <summary>One life of the account's stream: reports, fills and balances in the engine's order. It listens inside the venue's lock and speaks to the session outside of it.</summary>
internal sealed class UserStream(DirectVenue venue) : IVenueListener
{
    private readonly SessionOutbox<IUserStreamSession> _outbox = new();

    public async Task<StreamEnd> RunAsync(IUserStreamSession session, CancellationToken cancellationToken)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, venue.Closing);
        venue.Join(this, () => _outbox.Post(static s => s.Connected()));
        try
        {
            return await _outbox.RunAsync(session, life.Token).ConfigureAwait(false);
        }
        finally
        {
            venue.Leave(this);
        }
    }

    public bool IsWatching(Matching.OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
        if (!ReferenceEquals(e.Order.Account, venue.Account))
        {
            return;
        }

        var symbol = venue.Listing.NameOf(e.Order.Symbol);
        if (e.Trade is { } trade)
        {
            // The fill first: the report counts it already.
            var fill = Translation.Fill(trade, e.Order, symbol);
            _outbox.Post(s => s.Publish(fill));
        }

        var report = Translation.Report(e.Order, symbol);
        _outbox.Post(s => s.Publish(report));
    }

    public void OnBalances(Account account, IReadOnlyList<Matching.Balance> touched, long timeMicros)
    {
        if (ReferenceEquals(account, venue.Account))
        {
            IReadOnlyList<Sdk.Balance> balances = [.. touched.Select(Translation.Balance)];
            _outbox.Post(s => s.Publish(balances));
        }
    }

    public void OnTrade(Matching.OrderBook book, in PublicTrade trade)
    {
        // Public; the market stream tells it.
    }

    public void OnLevel(Matching.OrderBook book, in LevelChange change)
    {
        // Public; the market stream tells it.
    }

    public void OnTop(Matching.OrderBook book, long timeMicros)
    {
        // Public; the market stream tells it.
    }

    public void OnStepEnd()
    {
        // Everything is posted as it happens.
    }

    public void OnTick(long nowMicros)
    {
        // Nothing is periodic here.
    }
}

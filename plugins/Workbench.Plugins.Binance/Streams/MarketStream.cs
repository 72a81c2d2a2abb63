using System.Threading.Channels;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Market;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>One life of the market stream: a socket, the wishes, the answers, the books. Everything that touches the session runs under one lock.</summary>
internal sealed class MarketStream : IDisposable
{
    // The venue drops a connection that sends more than five messages in a second; pongs count too.
    private static readonly TimeSpan ControlSpacing = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly ConnectorContext _context;
    private readonly Uri _address;
    private readonly Catalogue _catalogue;
    private readonly IMarketStreamSession _session;

    // Under the lock.
    private readonly BinanceStreamDecoder _decoder;
    private readonly SubscriptionPlan _plan = new();
    private readonly PendingReplies _pending = new();
    private readonly BookFeed _books;

    public MarketStream(ConnectorContext context, BinanceEndpoints endpoints, MarketReads reads, Catalogue catalogue, IMarketStreamSession session)
    {
        _context = context;
        _address = endpoints.Stream;
        _catalogue = catalogue;
        _session = session;
        _decoder = new BinanceStreamDecoder(catalogue);
        _books = new BookFeed(context, reads, session, _gate, _plan.Drop);
    }

    public async Task<StreamEnd> RunAsync(CancellationToken cancellationToken)
    {
        var connected = await _context.WebSockets.ConnectAsync(_address, cancellationToken).ConfigureAwait(false);
        if (connected.Error is { } error)
        {
            return cancellationToken.IsCancellationRequested ? StreamEnd.Orderly : new StreamEnd(error);
        }

        await using var socket = connected.Value;
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _session.Connected();
        Task<StreamEnd>[] parts = [ReceiveAsync(socket, life.Token), ControlAsync(socket, life.Token), _books.Fault];
        var first = await Task.WhenAny(parts).ConfigureAwait(false);
        await life.CancelAsync().ConfigureAwait(false);
        await ((Task)Task.WhenAll(parts[..2])).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _books.EndedAsync().ConfigureAwait(false);
        return cancellationToken.IsCancellationRequested ? StreamEnd.Orderly : await first.ConfigureAwait(false);
    }

    public void Dispose() => _books.Dispose();

    private async Task<StreamEnd> ReceiveAsync(IVenueSocket socket, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (message.End is { } end)
            {
                return new StreamEnd(end);
            }

            lock (_gate)
            {
                Handle_NeedsLock(message, cancellationToken);
            }
        }
    }

    private void Handle_NeedsLock(in SocketMessage message, CancellationToken cancellationToken)
    {
        var decoded = _decoder.Decode(message.Payload, message.ReceivedAt, _session);
        switch (decoded.Kind)
        {
            case StreamMessageKind.Depth:
                _books.OnEvent_NeedsLock(decoded.Depth, cancellationToken);
                break;
            case StreamMessageKind.Reply:
                Answered_NeedsLock(decoded.Reply);
                break;
            case StreamMessageKind.Shutdown:
                _session.Renew("the venue announced that it will close this connection (serverShutdown)");
                break;
        }
    }

    private void Answered_NeedsLock(ControlReply reply)
    {
        if (_pending.Take(reply.Id) is not { } command)
        {
            _session.BadMessage("an answer to no control message of ours");
            return;
        }

        foreach (var (subscription, _) in command.Streams.Where(_ => command.IsSubscribe))
        {
            if (reply.Error is { } error)
            {
                _plan.Refused(subscription);
                _books.End_NeedsLock(subscription);
                _session.Refused(subscription, error);
                continue;
            }

            _plan.Acknowledged(subscription);
            _books.Acknowledged_NeedsLock(subscription);
            _session.Acknowledged(subscription);
        }
    }

    private async Task<StreamEnd> ControlAsync(IVenueSocket socket, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (NextCommand(cancellationToken) is not { } command)
            {
                await WishAsync(_session.Changes, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (await socket.SendAsync(command.ToUtf8(), cancellationToken).ConfigureAwait(false) is { } error)
            {
                return new StreamEnd(error);
            }

            await Task.Delay(ControlSpacing, _context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WishAsync(ChannelReader<SubscriptionChange> changes, CancellationToken cancellationToken)
    {
        if (!await changes.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // No more wishes will come; the stream goes on with those it has.
            await Task.Delay(Timeout.InfiniteTimeSpan, _context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private ControlCommand? NextCommand(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            while (_session.Changes.TryRead(out var change))
            {
                Wish_NeedsLock(change, cancellationToken);
            }

            if (_plan.Next() is not { } command)
            {
                return null;
            }

            _pending.Add(command);
            foreach (var (subscription, _) in command.Streams)
            {
                if (command.IsSubscribe)
                {
                    BeginBook_NeedsLock(subscription, cancellationToken);
                }
                else
                {
                    _books.End_NeedsLock(subscription);
                }
            }

            return command;
        }
    }

    private void Wish_NeedsLock(SubscriptionChange change, CancellationToken cancellationToken)
    {
        if (change.IsAgain && _books.TryAgain_NeedsLock(change.Subscription, cancellationToken))
        {
            return; // The venue streams its changes; only the snapshot is missing.
        }

        if (!change.IsAdded)
        {
            _plan.Drop(change.Subscription);
        }
        else if (!_catalogue.Current.TryGet(change.Subscription.Symbol, out var instrument))
        {
            _session.Refused(change.Subscription, new VenueError(VenueErrorKind.NotFound, $"Binance has no market {change.Subscription.Symbol}."));
        }
        else if (_plan.Count >= SubscriptionPlan.MaxStreams)
        {
            _session.Refused(change.Subscription, new VenueError(VenueErrorKind.InvalidRequest, $"Binance allows {SubscriptionPlan.MaxStreams} streams on one connection."));
        }
        else
        {
            if (change.IsAgain)
            {
                _plan.Again(change.Subscription);
                _books.End_NeedsLock(change.Subscription);
            }

            _plan.Want(change.Subscription, StreamNames.Of(instrument.VenueSymbol, change.Subscription.Channel));
            Revive_NeedsLock(change.Subscription, cancellationToken);
        }
    }

    /// <summary>A wish for what the venue still streams, because its end was never sent, needs no message.</summary>
    private void Revive_NeedsLock(MarketSubscription subscription, CancellationToken cancellationToken)
    {
        if (_plan.IsAcknowledged(subscription))
        {
            BeginBook_NeedsLock(subscription, cancellationToken);
            _books.Acknowledged_NeedsLock(subscription);
            _session.Acknowledged(subscription);
        }
    }

    private void BeginBook_NeedsLock(MarketSubscription subscription, CancellationToken cancellationToken)
    {
        if (subscription.Channel == MarketChannel.Book && _catalogue.Current.TryGet(subscription.Symbol, out var instrument))
        {
            _books.Begin_NeedsLock(instrument, cancellationToken);
        }
    }
}

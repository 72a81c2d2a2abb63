using System.Collections.Concurrent;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>
/// Topics fed by a wire capture: recorded messages go out as they were recorded. A topic that was not recorded is made from
/// the engine's book and trades, which follow the tape.
/// </summary>
internal sealed class RecordedTopics(CapturePlayer player, SimulatedVenue venue) : ICaptureSink
{
    private const int MostAhead = 64;
    private readonly ConcurrentDictionary<string, RecordedTopic> _topics = new();
    private int _ahead;

    /// <summary>For the public feed; asked again for every subscription, answered with the same topic.</summary>
    public PublicTopic? Create(string name, Market market)
    {
        player.ListenersChanged(1, null);
        return player.HasTopic(market.Symbol, name) ? _topics.GetOrAdd(name, n => new RecordedTopic(n, market, player)) : null;
    }

    public async ValueTask DeliverAsync(CaptureEvent e, CancellationToken cancellationToken)
    {
        if (!_topics.TryGetValue(e.Stream, out var topic))
        {
            return;
        }

        venue.Execute(_ => topic.Play(e.Data.ToArray()));
        if (++_ahead >= MostAhead)
        {
            // The readers set the pace: nothing is dropped for one that is slow.
            _ahead = 0;
            await Task.WhenAll(_topics.Values.SelectMany(t => t.Sockets()).Distinct().Select(s => s.SentAsync())).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void End()
    {
        foreach (var socket in _topics.Values.SelectMany(t => t.Sockets()).Distinct())
        {
            socket.Close();
        }
    }

    private sealed class RecordedTopic(string name, Market market, CapturePlayer player) : PublicTopic(name, market)
    {
        private volatile BybitSocket[] _sockets = [];

        public BybitSocket[] Sockets() => _sockets;

        public void Play(byte[] message)
        {
            _sockets = [.. Subscribers];
            Publish(message);
        }

        protected override byte[]? FirstMessage(long nowMicros)
        {
            _sockets = [.. Subscribers];
            return player.TopicSnapshot(Name);
        }
    }
}

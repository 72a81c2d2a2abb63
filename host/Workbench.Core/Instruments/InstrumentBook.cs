using System.Collections.Concurrent;
using System.Collections.Immutable;
using Workbench.Sdk;

namespace Workbench.Core.Instruments;

/// <summary>
/// Every connection's markets as they were last read, and the gates of those that take no orders. Written on the pipeline's thread, read on any; what a reader
/// gets is immutable. The first reading of a run is taken as it is; later ones are compared with what was accepted.
/// </summary>
internal sealed class InstrumentBook
{
    private readonly ConcurrentDictionary<ConnectionId, Listing> _listings = new();

    /// <summary>The newest reading.</summary>
    public InstrumentMap Map(ConnectionId connection) => _listings.TryGetValue(connection, out var listing) ? listing.Newest : InstrumentMap.Empty;

    /// <summary>A market as it was accepted last, even when the venue no longer lists it; null when it never did.</summary>
    public Instrument? Known(ConnectionId connection, Symbol symbol) => _listings.TryGetValue(connection, out var listing) ? listing.Accepted.GetValueOrDefault(symbol) : null;

    /// <summary>Why a market takes no orders; null when it does, or was never listed.</summary>
    public InstrumentGate? Gate(ConnectionId connection, Symbol symbol) => _listings.TryGetValue(connection, out var listing) ? listing.Gates.GetValueOrDefault(symbol) : null;

    /// <summary>Every closed gate, by connection and market.</summary>
    public IReadOnlyList<InstrumentGate> Gates => [.. _listings.Values.SelectMany(l => l.Gates.Values).OrderBy(g => g.Connection.Value, StringComparer.Ordinal).ThenBy(g => g.Symbol)];

    /// <summary>Takes a reading and says what it changed: what a person should know, one text each. Pipeline thread only.</summary>
    public IReadOnlyList<Notice> Load(ConnectionId connection, InstrumentMap map, Timestamp now)
    {
        if (!_listings.TryGetValue(connection, out var before))
        {
            _listings[connection] = First(connection, map, now);
            return [];
        }

        var reading = new Reading(connection, before, map, now);
        _listings[connection] = reading.Take();
        return reading.Notices;
    }

    /// <summary>Closes a market until its rules were read again. Pipeline thread only.</summary>
    public void Question(ConnectionId connection, Symbol symbol, VenueError refusal, Timestamp now)
    {
        // What is closed already stays closed for its own reason.
        if (_listings.TryGetValue(connection, out var listing) && !listing.Gates.ContainsKey(symbol))
        {
            var gate = new InstrumentGate(connection, symbol, GateCause.RulesUnread, $"{connection} refused an order ({refusal}), and its rules are being read again", now);
            _listings[connection] = listing with { Gates = listing.Gates.SetItem(symbol, gate) };
        }
    }

    /// <summary>Takes a market as it is listed now for what is meant from now on. Pipeline thread only.</summary>
    /// <returns>What was accepted; null when there is nothing to accept.</returns>
    public Notice? Accept(ConnectionId connection, Symbol symbol, Timestamp now)
    {
        if (!_listings.TryGetValue(connection, out var listing)
            || listing.Gates.GetValueOrDefault(symbol) is not { NeedsAcceptance: true } gate
            || !listing.Newest.TryGet(symbol, out var instrument))
        {
            return null;
        }

        var gates = InstrumentChange.StatusGate(instrument) is { } cause ? listing.Gates.SetItem(symbol, StatusGate(connection, instrument, cause, now)) : listing.Gates.Remove(symbol);
        _listings[connection] = listing with { Accepted = listing.Accepted.SetItem(symbol, instrument), Gates = gates };
        return new Notice(connection, $"accepted: {gate.Reason}", IsAlarm: false);
    }

    private static Listing First(ConnectionId connection, InstrumentMap map, Timestamp now)
    {
        var accepted = map.All.GroupBy(i => i.Symbol).ToImmutableDictionary(g => g.Key, g => g.Last());
        var gates = accepted.Values
            .Select(i => (Instrument: i, Cause: InstrumentChange.StatusGate(i)))
            .Where(i => i.Cause is not null)
            .ToImmutableDictionary(i => i.Instrument.Symbol, i => StatusGate(connection, i.Instrument, i.Cause!.Value, now));
        return new Listing(map, accepted, gates);
    }

    private static InstrumentGate StatusGate(ConnectionId connection, Instrument instrument, GateCause cause, Timestamp now) =>
        new(connection, instrument.Symbol, cause, $"{instrument.Symbol} is {(cause == GateCause.CancelOnly ? "CANCEL-ONLY" : "HALTED")} at {connection}", now);

    /// <summary>Something that a person should know about a market.</summary>
    /// <param name="Connection">Where.</param>
    /// <param name="Text">What, with old and new numbers.</param>
    /// <param name="IsAlarm">True when somebody has to decide or a market is gone.</param>
    internal sealed record Notice(ConnectionId Connection, string Text, bool IsAlarm);

    private sealed record Listing(InstrumentMap Newest, ImmutableDictionary<Symbol, Instrument> Accepted, ImmutableDictionary<Symbol, InstrumentGate> Gates);

    /// <summary>One later reading, compared market by market.</summary>
    private sealed class Reading(ConnectionId connection, Listing before, InstrumentMap map, Timestamp now)
    {
        private readonly ImmutableDictionary<Symbol, Instrument>.Builder _accepted = before.Accepted.ToBuilder();
        private readonly ImmutableDictionary<Symbol, InstrumentGate>.Builder _gates = before.Gates.ToBuilder();

        public List<Notice> Notices { get; } = [];

        public Listing Take()
        {
            foreach (var (symbol, accepted) in before.Accepted)
            {
                var listed = map.TryGet(symbol, out var instrument) ? instrument : null;
                if (!ReferenceEquals(listed, accepted) && (listed != accepted || _gates.ContainsKey(symbol)))
                {
                    Compare(accepted, listed);
                }
            }

            foreach (var instrument in map.All.Where(i => !before.Accepted.ContainsKey(i.Symbol)))
            {
                Meet(instrument);
            }

            return new Listing(map, _accepted.ToImmutable(), _gates.ToImmutable());
        }

        private void Compare(Instrument accepted, Instrument? listed)
        {
            var successor = listed is null && map.TryGet(accepted.VenueSymbol, out var other) ? other : null;
            var change = InstrumentChange.Between(accepted, listed, successor);
            var old = _gates.GetValueOrDefault(accepted.Symbol);
            if (change.Cause is not GateCause.Renamed and not GateCause.MeaningChanged and not GateCause.Delisted)
            {
                _accepted[accepted.Symbol] = listed!;
                if (change.Text is { } rules)
                {
                    Notices.Add(new Notice(connection, $"{connection}: {rules}", IsAlarm: false));
                }
            }

            Move(old, change.Cause is { } cause ? Closed(accepted, listed, cause, change.Text) : null, accepted.Symbol);
        }

        // A market that is new to us. Under a name that meant something else, it is not used before somebody has looked at it.
        private void Meet(Instrument instrument)
        {
            var predecessor = before.Accepted.Values.FirstOrDefault(a => a.Symbol != instrument.Symbol && string.Equals(a.VenueSymbol, instrument.VenueSymbol, StringComparison.OrdinalIgnoreCase));
            if (predecessor is not null)
            {
                var text = $"{instrument.VenueSymbol} was {predecessor.Symbol} and is {instrument.Symbol} now";
                Move(_gates.GetValueOrDefault(instrument.Symbol), new InstrumentGate(connection, instrument.Symbol, GateCause.MeaningChanged, $"{text} at {connection}: not used before it is accepted", now), instrument.Symbol);
                return;
            }

            _accepted[instrument.Symbol] = instrument;
            Move(null, InstrumentChange.StatusGate(instrument) is { } cause ? StatusGate(connection, instrument, cause, now) : null, instrument.Symbol);
        }

        private InstrumentGate Closed(Instrument accepted, Instrument? listed, GateCause cause, string? text) => cause switch
        {
            GateCause.Halted or GateCause.CancelOnly => StatusGate(connection, listed!, cause, now),
            GateCause.Delisted => new InstrumentGate(connection, accepted.Symbol, cause, $"{text} at {connection}; cancels go, and what is held stays in the positions", now),
            _ => new InstrumentGate(connection, accepted.Symbol, cause, $"{text} at {connection}; orders wait until it is accepted", now),
        };

        private void Move(InstrumentGate? old, InstrumentGate? gate, Symbol symbol)
        {
            if (gate is null)
            {
                _gates.Remove(symbol);
                if (old is { Cause: not GateCause.RulesUnread })
                {
                    Notices.Add(new Notice(connection, $"{connection}: {symbol} takes orders again", IsAlarm: false));
                }
            }
            else if (old?.Cause != gate.Cause || old.Reason != gate.Reason)
            {
                _gates[symbol] = gate;
                Notices.Add(new Notice(connection, gate.Reason, IsAlarm: gate.Cause is not GateCause.Halted and not GateCause.CancelOnly));
            }
        }
    }
}

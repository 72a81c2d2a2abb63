using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>What to do with an event of a channel.</summary>
internal enum SequenceVerdict
{
    /// <summary>It is next.</summary>
    Pass,

    /// <summary>A repeat, a straggler, or older than what was passed on.</summary>
    Drop,

    /// <summary>It comes from a newer session, whose turn has not come yet.</summary>
    Hold,

    /// <summary>It is next, and with it the older session has caught up with the newer one, which follows.</summary>
    PassAndSwitch,
}

/// <summary>One channel of one market at one connection: which session delivers it, how far it is, and what a newer session has delivered meanwhile. Pure.</summary>
/// <remarks>
/// A newer session is held back until the older one has told what the newer one told first; from there on the newer one tells the same story. It takes over
/// at once where the older session has ended, and in any case when it was held for <see cref="LongestHold"/> or <see cref="MostHeld"/> events. A newer session
/// that ends while the older one lives gives back what it took: whoever still delivers goes on. Trades are told
/// apart by their ids, quotes and books by the venue's update ids, candles by their open times. Of a book that was held, one snapshot is made, as new as its last change.
/// </remarks>
internal sealed class ChannelSequence
{
    /// <summary>So many events of a newer session may wait.</summary>
    public const int MostHeld = 8_192;

    /// <summary>So long they may wait.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(500);

    /// <summary>Update ids that stay lower for this long were reset by the venue.</summary>
    public static readonly TimeSpan ResetAfter = TimeSpan.FromSeconds(1);

    private readonly List<MarketEvent> _held = [];
    private readonly TradeMemory _trades = new();
    private int _session;
    private int _next;
    private bool _isFree = true;
    private long _last;
    private Timestamp _openTime;
    private Timestamp? _lowerSince;
    private Timestamp _heldSince;

    /// <summary>Decides about the next event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="now">The moment, as told to the pipeline.</param>
    public SequenceVerdict Take(MarketEvent e, Timestamp now)
    {
        var session = e.Stamp.Session;
        if (_isFree)
        {
            return TakeOver(e);
        }

        if (session == _session)
        {
            return TakeOwn(e);
        }

        return session < _session || (_held.Count > 0 && session < _next) ? SequenceVerdict.Drop : Hold(e, session, now);
    }

    /// <summary>True while no session delivers: the next event of any session that lives takes over.</summary>
    public bool IsFree => _isFree;

    /// <summary>A session has ended; nothing more of it follows.</summary>
    /// <returns>True when something of another session waits.</returns>
    public bool End(int session)
    {
        if (session == _next)
        {
            _held.Clear();
        }

        _isFree |= session == _session;
        return _held.Count > 0;
    }

    /// <summary>True when a newer session has waited long enough.</summary>
    public bool IsOverdue(Timestamp now) => now - _heldSince >= LongestHold;

    /// <summary>Lets the newer session take over: what it has delivered and nobody has seen, in order.</summary>
    public void Switch(List<MarketEvent> due)
    {
        var isBook = _held[0] is BookUpdate;
        (_session, _isFree, _lowerSince) = (_next, false, null);
        if (isBook)
        {
            var book = HeldBook.Fold(_held);
            due.Add(book);
            _last = book.Stamp.Sequence;
        }
        else
        {
            due.AddRange(_held.Where(e => e is not Trade trade || _trades.Add(trade.Id)).Where(IsNewer));
            foreach (var e in due)
            {
                Remember(e);
            }
        }

        _held.Clear();
    }

    private SequenceVerdict TakeOwn(MarketEvent e)
    {
        if (IsRepeat(e))
        {
            return SequenceVerdict.Drop;
        }

        Remember(e);
        return _held.Count > 0 && HasCaughtUp(e) ? SequenceVerdict.PassAndSwitch : SequenceVerdict.Pass;
    }

    private SequenceVerdict TakeOver(MarketEvent e)
    {
        // A book of a new session begins with its snapshot; anything before it belongs to nothing.
        if (e is BookUpdate { IsSnapshot: false } && _session != 0)
        {
            return SequenceVerdict.Drop;
        }

        (_session, _isFree, _last, _openTime, _lowerSince) = (e.Stamp.Session, false, 0, default, null);
        if (e is Trade trade && !_trades.Add(trade.Id))
        {
            return SequenceVerdict.Drop;
        }

        Remember(e);
        return SequenceVerdict.Pass;
    }

    private SequenceVerdict Hold(MarketEvent e, int session, Timestamp now)
    {
        if (session != _next)
        {
            _held.Clear();
            _next = session;
        }

        if (_held.Count == 0)
        {
            _heldSince = now;
            if (e is BookUpdate { IsSnapshot: false })
            {
                return SequenceVerdict.Drop;
            }
        }

        if (e is BookUpdate { IsSnapshot: true })
        {
            _held.Clear();
        }

        if (_held.Count == MostHeld)
        {
            _heldSince = default; // Long enough.
            _held.RemoveAt(e is BookUpdate ? 1 : 0);
        }

        _held.Add(e);
        return SequenceVerdict.Hold;
    }

    private bool HasCaughtUp(MarketEvent e) => (e, _held[0]) switch
    {
        (Trade trade, _) => _held.Exists(h => h is Trade held && held.Id == trade.Id),
        (BookUpdate, _) => _held[^1].Stamp.Sequence >= _last,
        (Candle candle, Candle held) => candle.OpenTime >= held.OpenTime,
        (_, var held) => e.Stamp.Sequence >= held.Stamp.Sequence,
    };

    private bool IsRepeat(MarketEvent e)
    {
        switch (e)
        {
            case Trade trade:
                return !_trades.Add(trade.Id);
            case Candle candle:
                return candle.OpenTime < _openTime;
            case Quote when e.Stamp.Sequence < _last:
                _lowerSince ??= e.Stamp.ReceivedAt;
                return e.Stamp.ReceivedAt - _lowerSince.Value < ResetAfter;
            default:
                return false;
        }
    }

    private bool IsNewer(MarketEvent e) => e switch
    {
        Quote => e.Stamp.Sequence > _last,
        Candle candle => candle.OpenTime >= _openTime,
        _ => true,
    };

    private void Remember(MarketEvent e)
    {
        _lowerSince = null;
        _last = e.Stamp.Sequence;
        _openTime = e is Candle candle ? candle.OpenTime : _openTime;
    }
}

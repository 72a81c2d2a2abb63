using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.UserData;

/// <summary>
/// Decides whether account events overtake the reply to the request that caused them. Events of an account keep their order
/// whatever is chosen. State changes inside the venue's lock only.
/// </summary>
internal sealed class AccountEventGate(SimulatedVenue venue, BinanceOptions options)
{
    private readonly Dictionary<Account, Turn> _turns = [];

    /// <summary>Sends now, or when the replies being made for the account are out. Inside the venue's lock.</summary>
    public void Send(Account account, Action send)
    {
        if (options.AccountEvents == AccountEventOrder.AfterReply && _turns.TryGetValue(account, out var turn) && turn.Holds)
        {
            turn.Hold(send);
        }
        else
        {
            send();
        }
    }

    /// <summary>A request that may cause events of the account begins.</summary>
    public void Begin(Account account)
    {
        if (options.AccountEvents == AccountEventOrder.AfterReply)
        {
            venue.Execute(_ =>
            {
                if (!_turns.TryGetValue(account, out var turn))
                {
                    turn = _turns[account] = new Turn();
                }

                turn.Replies++;
            });
        }
    }

    /// <summary>Completes when the reply may be sent; <paramref name="sent"/> when the events so far are on the wire.</summary>
    public async ValueTask BeforeReplyAsync(Func<Task> sent)
    {
        if (options.AccountEvents == AccountEventOrder.BeforeReply)
        {
            await sent().ConfigureAwait(false);
            await Task.Delay(options.AccountEventDelay, venue.Clock.Time).ConfigureAwait(false);
        }
    }

    /// <summary>The reply is out.</summary>
    public void End(Account account)
    {
        if (options.AccountEvents == AccountEventOrder.AfterReply)
        {
            venue.Execute(_ => _turns[account].End(venue.Clock.NowMicros, options.AccountEventDelay));
        }
    }

    /// <summary>Lets go what has waited long enough. Inside the venue's lock.</summary>
    public void OnTick(long nowMicros)
    {
        foreach (var turn in _turns.Values)
        {
            turn.Release(nowMicros);
        }
    }

    private sealed class Turn
    {
        private readonly Queue<Held> _held = new();
        private long _lastDue = long.MinValue;

        public int Replies { get; set; }

        public bool Holds => Replies > 0 || _held.Count > 0;

        public void Hold(Action send) => _held.Enqueue(new Held(send) { DueMicros = Replies > 0 ? long.MaxValue : _lastDue });

        public void End(long nowMicros, TimeSpan delay)
        {
            if (--Replies > 0)
            {
                return;
            }

            _lastDue = nowMicros + (long)delay.TotalMicroseconds;
            foreach (var held in _held.Where(h => h.DueMicros == long.MaxValue))
            {
                held.DueMicros = _lastDue;
            }

            Release(nowMicros);
        }

        public void Release(long nowMicros)
        {
            while (_held.TryPeek(out var next) && next.DueMicros <= nowMicros)
            {
                _held.Dequeue().Send();
            }
        }
    }

    private sealed class Held(Action send)
    {
        public Action Send => send;

        public long DueMicros { get; set; }
    }
}

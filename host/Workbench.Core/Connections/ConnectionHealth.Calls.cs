using Workbench.Core.Health;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <content>What calls, connects and their failures tell.</content>
internal sealed partial class ConnectionHealth
{
    /// <summary>Orders refused because of a maintenance or a restriction are not tried again before this.</summary>
    private static readonly TimeSpan ClosedFor = TimeSpan.FromSeconds(30);

    // Guarded by the lock.
    private long _closedAt;

    /// <summary>Whether a ban or a pause keeps every request back.</summary>
    /// <param name="why">In words; null when nothing does.</param>
    public void Held(string? why) => Change(() => _facts.Held = why);

    /// <summary>The venue does not let this key trade: no order goes there until <see cref="Authorised"/>.</summary>
    public void Unauthorised(VenueError error) =>
        Change(() => _facts.Unauthorised = Trouble.After(_facts.Unauthorised, Timestamp.Now(time), error.Message, error));

    /// <summary>The key may trade.</summary>
    public void Authorised()
    {
        if (IsUnauthorised)
        {
            Change(() => _facts.Unauthorised = null);
        }
    }

    /// <summary>True while the venue does not let this key trade.</summary>
    public bool IsUnauthorised
    {
        get
        {
            lock (_lock)
            {
                return _facts.Unauthorised is not null;
            }
        }
    }

    /// <summary>A call to the venue has ended.</summary>
    /// <param name="capability">What it belongs to.</param>
    /// <param name="verdict">What its end says about the venue.</param>
    /// <param name="error">The failure, or null.</param>
    /// <param name="took">How long it took.</param>
    public void Called(ConnectionCapability capability, CallVerdict verdict, VenueError? error, TimeSpan took)
    {
        Traffic.Add(capability, verdict, took);
        Heed(verdict);
        if (error?.Kind is VenueErrorKind.Maintenance or VenueErrorKind.ClockSkew || (verdict == CallVerdict.Answered && _facts.Maintenance is not null))
        {
            Tell(capability, verdict, error);
        }
    }

    /// <summary>An order was refused because its market, or the account, takes no such order for now.</summary>
    public void Refused(Symbol symbol, VenueError error) => Change(() => _restrictions.Refused(symbol, error));

    /// <summary>An order was taken.</summary>
    public void Taken()
    {
        if (_restrictions.Any)
        {
            Change(_restrictions.Taken);
        }
    }

    private void Came(ConnectionCapability capability)
    {
        Traffic.Count(capability, CallVerdict.Answered);
        StreamTried(capability, true);
    }

    private void Ended(ConnectionCapability capability, VenueError? error, bool wasUp)
    {
        if (!wasUp)
        {
            StreamTried(capability, false);
        }

        // An end that nobody can explain is the venue's.
        var verdict = Verdict.Of(error) == CallVerdict.Answered ? CallVerdict.VenueFault : Verdict.Of(error);
        Traffic.Count(capability, verdict);
        Heed(verdict);
        if (error?.Kind == VenueErrorKind.Maintenance)
        {
            Tell(capability, verdict, error);
        }
    }

    private void Heed(CallVerdict verdict)
    {
        if (verdict == CallVerdict.OurFault)
        {
            localFaults.Failed(settings.Id);
        }
        else if (verdict is CallVerdict.Answered)
        {
            localFaults.Reached(settings.Id);
        }
    }

    private void Tell(ConnectionCapability capability, CallVerdict verdict, VenueError? error)
    {
        lock (_lock)
        {
            var isTrading = capability is ConnectionCapability.Trading or ConnectionCapability.UserStream;
            var closed = isTrading ? _facts.TradingMaintenance : _facts.ReadMaintenance;
            if (error?.Kind == VenueErrorKind.Maintenance)
            {
                closed = Trouble.After(closed, Timestamp.Now(time), error.Message, error);
                _closedAt = time.GetTimestamp();
                if (isTrading)
                {
                    Missed_NeedsLock(); // The account's reading is what finds the end of it.
                }
            }
            else if (closed is not null && verdict == CallVerdict.Answered && (!isTrading || time.GetElapsedTime(_closedAt) >= ClosedFor))
            {
                closed = null;
            }

            (_facts.TradingMaintenance, _facts.ReadMaintenance) = isTrading ? (closed, _facts.ReadMaintenance) : (_facts.TradingMaintenance, closed);
            _facts.IsClockSuspect |= error?.Kind == VenueErrorKind.ClockSkew;
        }

        Change(static () => { });
    }
}

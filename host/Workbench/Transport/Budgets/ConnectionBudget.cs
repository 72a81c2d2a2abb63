using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>One connection's view of the budgets it shares: its venue's address, and its key where it has one. Safe on any thread.</summary>
internal sealed class ConnectionBudget(ScopeBudget address, ScopeBudget? key, TimeProvider time) : IRateBudget
{
    // Nobody declares a limit of it: it is what a venue's refusal of sockets pauses, so that HTTP, and cancels with it, goes on.
    private static readonly RateClass Sockets = new(RateScope.Address, "WebSocket connects");
    private static readonly RateCost[] OneConnect = [new(RateClass.Connects, 1)];
    private static readonly RateCost[] OneSocket = [new(RateClass.Connects, 1), new(Sockets, 1)];

    public ScopeBudget Address => address;

    public ScopeBudget? Key => key;

    /// <inheritdoc />
    public void Declare(RateLimit limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit.Most);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit.Window, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit.Window, TimeSpan.FromDays(31));
        Of(limit.Class.Scope)?.Declare(limit);
    }

    /// <inheritdoc />
    public void Observe(RateClass counted, TimeSpan window, int used, Timestamp sentAt) => Of(counted.Scope)?.Observe(counted, window, used, sentAt);

    /// <inheritdoc />
    public void PauseFor(RateScope scope, TimeSpan duration) => Of(scope)?.PauseFor(duration);

    /// <inheritdoc />
    public void PauseFor(RateClass counted, TimeSpan duration) => Of(counted.Scope)?.PauseFor(counted, duration);

    /// <inheritdoc />
    public void BanFor(RateScope scope, TimeSpan duration) => Of(scope)?.BanFor(duration);

    /// <summary>Takes all costs from every window they touch, or nothing. Allocates only when it refuses.</summary>
    public VenueError? Take(IReadOnlyList<RateCost> costs, RequestLane lane)
    {
        BudgetRefusal refusal;
        lock (address.Gate)
        {
            var now = address.Now;
            if (!address.Refuses_NeedsLock(costs, lane, now, out refusal) && (key is null || !Costs(costs, RateScope.Key) || TakeOfKey(key, costs, lane, out refusal)))
            {
                address.Spend_NeedsLock(costs, now);
                return null;
            }
        }

        return refusal.ToError(time.GetUtcNow());
    }

    /// <summary>Makes one new connection of a lane, counted unless it never came about: a venue that is down must not use up the connects that are needed when it is back.</summary>
    /// <exception cref="ConnectRefusedException">None is left.</exception>
    public async ValueTask<T> ConnectAsync<T>(RequestLane lane, Func<CancellationToken, ValueTask<T>> connect, CancellationToken cancellationToken)
    {
        if (Take(OneConnect, lane) is { } refusal)
        {
            throw new ConnectRefusedException(refusal);
        }

        try
        {
            return await connect(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            ReturnConnect();
            throw;
        }
    }

    /// <summary>Takes one new WebSocket: before the connections of polling and after those of cancels.</summary>
    /// <returns>Null, or the refusal with the time after which it may succeed.</returns>
    public VenueError? TakeSocket() => Take(OneSocket, RequestLane.Order);

    /// <summary>Puts back a connect that never came about.</summary>
    public void ReturnConnect() => address.Return(OneConnect[0]);

    /// <summary>Stops new WebSockets for a while.</summary>
    public void PauseSockets(TimeSpan duration) => PauseFor(Sockets, duration);

    /// <summary>Takes the venue's clock as far as it is known: its windows begin with it.</summary>
    public void Follow(TimeSpan venueOffset)
    {
        address.Follow(venueOffset);
        key?.Follow(venueOffset);
    }

    /// <summary>The ban or pause that stops everything of this connection; null when there is none.</summary>
    public VenueError? Stop
    {
        get
        {
            var (one, other) = (address.Stop, key?.Stop);
            var worst = one is { } a && (other is not { } b || (a.Kind, a.Wait).CompareTo((b.Kind, b.Wait)) >= 0) ? one : other;
            return worst?.ToError(time.GetUtcNow());
        }
    }

    /// <summary>What reads may still use of the tightest window, or that nothing may be sent; null when no limit is declared and nothing is stopped.</summary>
    public RateHeadroom? Headroom
    {
        get
        {
            var (now, rows) = (time.GetUtcNow(), Snapshot());
            var limits = rows.Select(r => new RateUse(r.Class, r.Window, r.Most, r.Used, r.PausedFor > TimeSpan.Zero ? Timestamp.From(now + r.PausedFor) : null)).ToArray();
            if (Stop is { RetryAfter: { } wait } stop)
            {
                return new RateHeadroom(0, Timestamp.From(now + wait), stop.Message) { Limits = limits };
            }

            if (rows.Count == 0)
            {
                return null;
            }

            var tightest = rows.MinBy(r => r.ShareLeft);
            return new RateHeadroom(
                (decimal)tightest.ShareLeft, null, string.Create(CultureInfo.InvariantCulture, $"{tightest.Used} of {tightest.Most} {tightest.Class.Name} used within {tightest.Window.TotalSeconds:0.#} s")) { Limits = limits };
        }
    }

    /// <summary>Every class and window that this connection draws on.</summary>
    public IReadOnlyList<RateUsage> Snapshot() => [.. address.Snapshot(), .. key?.Snapshot() ?? []];

    private static bool TakeOfKey(ScopeBudget key, IReadOnlyList<RateCost> costs, RequestLane lane, out BudgetRefusal refusal)
    {
        lock (key.Gate)
        {
            var now = key.Now;
            if (key.Refuses_NeedsLock(costs, lane, now, out refusal))
            {
                return false;
            }

            key.Spend_NeedsLock(costs, now);
            return true;
        }
    }

    private static bool Costs(IReadOnlyList<RateCost> costs, RateScope scope)
    {
        for (var i = 0; i < costs.Count; i++)
        {
            if (costs[i].Class.Scope == scope)
            {
                return true;
            }
        }

        return false;
    }

    private ScopeBudget? Of(RateScope scope) => scope == RateScope.Address ? address : key;
}

using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>One declared limit and what its window has used. Not safe by itself: the lock of its scope guards it.</summary>
internal abstract class RateWindow(RateLimit limit)
{
    public RateLimit Limit { get; private set; } = limit;

    /// <summary>What counts in the window now.</summary>
    public long Used { get; protected set; }

    public static RateWindow For(RateLimit limit) => limit.Kind == RateWindowKind.Aligned ? new AlignedWindow(limit) : new SlidingWindow(limit);

    /// <summary>Takes another limit of the same class and length; what was used stays used.</summary>
    public void Replace(RateLimit limit) => Limit = limit;

    /// <summary>Lets go of what no longer counts.</summary>
    public abstract void MoveTo(in BudgetMoment now);

    public abstract void Add(long weight, in BudgetMoment now);

    /// <summary>Puts back what was added a moment ago and never reached the venue.</summary>
    public abstract void Return(long weight);

    /// <summary>How long to wait until <paramref name="weight"/> may fit below <paramref name="ceiling"/>.</summary>
    public abstract TimeSpan WaitFor(long weight, long ceiling, in BudgetMoment now);

    /// <summary>The venue's own number, which other hosts with the same address or key are in.</summary>
    /// <param name="used">What it has counted.</param>
    /// <param name="sentTicks">The venue's clock when the request was sent that was answered so.</param>
    /// <param name="now">Now.</param>
    public abstract void Observe(long used, long sentTicks, in BudgetMoment now);

    /// <summary>How much of the share of reads is left, 0 to 1.</summary>
    public double ShareLeft => Math.Clamp(1 - (Used / (double)CeilingOf(RequestLane.Read)), 0, 1);

    /// <summary>Zero when the weight fits, or how long to wait.</summary>
    public TimeSpan Check(long weight, RequestLane lane, in BudgetMoment now)
    {
        MoveTo(now);
        var ceiling = CeilingOf(lane);

        // What is larger than its lane's whole share goes when nothing else is in the window, or it would never go.
        return Used + weight <= ceiling || (Used == 0 && weight <= Limit.Most) ? TimeSpan.Zero : WaitFor(weight, ceiling, now);
    }

    private long CeilingOf(RequestLane lane) => Limit.KeepsReserve ? LaneShares.CeilingOf(Limit.Most, lane) : Limit.Most;
}

using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>What somebody wants, with every send that was made for it. Others see it as one <see cref="Sdk.Order"/>. Changed by <see cref="ExecutionCore"/> alone.</summary>
internal sealed class Intent
{
    private readonly List<Attempt> _attempts = [];
    private readonly int _maxAttempts;
    private readonly int _epoch;
    private bool _isComposed;

    /// <summary>An intent with its first attempt, which has not been prepared.</summary>
    public Intent(Order order, string origin, int maxAttempts, int epoch, int ordinal)
    {
        (Order, Origin, _maxAttempts, _epoch, Ordinal) = (order, origin, maxAttempts, epoch, ordinal);
    }

    /// <summary>Our id, and that of the first attempt at its venue.</summary>
    public ClientOrderId Id => Order.Id;

    /// <summary>Its place among all intents, from zero.</summary>
    public int Ordinal { get; }

    /// <summary>Who asked.</summary>
    public string Origin { get; }

    /// <summary>The snapshot others see.</summary>
    public Order Order { get; private set; }

    /// <summary>Every send that was decided for it, oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>The newest send.</summary>
    public Attempt Last => _attempts[^1];

    /// <summary>The id of the attempt that is to be made next; null while none is.</summary>
    public ClientOrderId? Awaited { get; private set; }

    /// <summary>True once somebody asked to cancel it: no further attempt is made.</summary>
    public bool IsCancelWanted { get; set; }

    /// <summary>True once more of it could fill than was asked for, because a venue brought an attempt back that was settled.</summary>
    public bool IsOverCommitted { get; set; }

    /// <summary>Filled so far by all attempts.</summary>
    public Quantity Filled => _attempts.Count == 1 ? Last.Order.FilledQuantity : new Quantity(_attempts.Sum(a => a.Order.FilledQuantity.Value));

    /// <summary>What may still fill in the worst case, over all attempts.</summary>
    public Quantity Leaves => _attempts.Count == 1 ? Last.Order.Leaves : new Quantity(_attempts.Sum(a => a.Order.Leaves.Value));

    /// <summary>The most that its attempts together may fill.</summary>
    public Quantity Ceiling => Order.Request.Quantity;

    /// <summary>How many attempts can still come to something.</summary>
    public int Alive
    {
        get
        {
            var alive = 0;
            foreach (var attempt in _attempts)
            {
                alive += attempt.Order.IsDone ? 0 : 1;
            }

            return alive;
        }
    }

    /// <summary>What is not filled.</summary>
    public Quantity Left => Filled is var filled && filled < Order.Request.Quantity ? Order.Request.Quantity - filled : Quantity.Zero;

    /// <summary>Where it was sent already.</summary>
    public IReadOnlyList<ConnectionId> Tried => [.. _attempts.Select(a => a.Order.Connection).OfType<ConnectionId>()];

    public void Add(Attempt attempt)
    {
        _attempts.Add(attempt);
        Awaited = null;
    }

    /// <summary>The last attempt is settled without effect: wants another one, unless something speaks against it.</summary>
    public bool TryAwait(int epoch, Timestamp at)
    {
        // Whoever asked is gone after a restart, and nobody would watch what a late attempt does.
        var isWanted = _attempts.Count < _maxAttempts && epoch == _epoch && !IsCancelWanted && !IsOverCommitted && Alive == 0 && !Left.IsZero
            && (Order.Request.ExpiresAt is not { } end || at < end);
        Awaited = isWanted ? NextId() : null;
        return Awaited is not null;
    }

    /// <summary>No further attempt is made after all; why not joins the reason of the last one.</summary>
    public void EndWaiting(string why, Timestamp at)
    {
        Awaited = null;
        Last.Become(Last.Order with { Reason = $"{Last.Order.Reason}; not tried again: {why}" }, at);
    }

    /// <summary>An attempt was brought back: no other one is made.</summary>
    public void StopWaiting() => Awaited = null;

    /// <summary>Makes the snapshot anew from the attempts. One attempt that is all there is to say is the snapshot.</summary>
    public void Refresh(Timestamp at)
    {
        _isComposed |= _attempts.Count > 1 || Awaited is not null || IsOverCommitted;
        if (!_isComposed)
        {
            Order = Last.Order;
            return;
        }

        var next = Compose() with { Version = Order.Version, UpdatedAt = Order.UpdatedAt };
        Order = next == Order ? Order : next with { Version = Order.Version + 1, UpdatedAt = at };
    }

    private Order Compose()
    {
        var shown = (_attempts.FindLast(a => !a.Order.IsDone) ?? _attempts.FindLast(a => !a.Order.FilledQuantity.IsZero) ?? Last).Order;
        var (filled, leaves) = (Filled, Leaves);
        var earlier = filled - shown.FilledQuantity;
        var quantity = shown.Quantity + earlier;
        var isWaiting = Awaited is not null;
        return shown with
        {
            Id = Id,
            Request = Order.Request,
            Attempt = _attempts.Count,
            IsOverCommitted = IsOverCommitted,
            Quantity = quantity,
            FilledQuantity = filled,
            TakenBackQuantity = new Quantity(_attempts.Sum(a => a.Order.TakenBackQuantity.Value)),
            AverageFillPrice = filled.IsZero ? null : new Price(_attempts.Sum(a => a.FilledValue) / filled.Value),
            Reserved = leaves + filled > quantity ? leaves : null,
            Knowledge = isWaiting ? OrderKnowledge.NotSent : shown.Knowledge,
            Status = isWaiting ? null : shown.Status,
            IsDone = !isWaiting && Alive == 0,
            Reason = isWaiting ? $"{shown.Reason}; another attempt follows" : shown.Reason,
            CreatedAt = Order.CreatedAt,
        };
    }

    private ClientOrderId? NextId() =>
        ClientOrderIds.TryParse(Last.Order.Id, out var parts) && parts.Attempt < ClientOrderIds.MaxAttempt
            ? ClientOrderIds.Create(parts.Installation, parts.Epoch, parts.Sequence, parts.Attempt + 1)
            : null;
}

namespace Workbench.Simulator.Bybit;

/// <summary>Allowance left after a request, as the X-Bapi-Limit headers tell it.</summary>
internal readonly record struct Allowance(int Limit, int Remaining, long ResetMillis);

/// <summary>Rolling one-second windows per account and endpoint. REST and the trade stream draw on the same ones.</summary>
internal sealed class RateWindows(TimeProvider time)
{
    private const long WindowMillis = 1000;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Account, string Endpoint), Queue<long>> _windows = [];

    /// <summary>Off: everything passes, headers still count.</summary>
    public bool IsEnforced { get; set; } = true;

    /// <summary>Takes up to <paramref name="wanted"/> requests from the window and says how many it could.</summary>
    public int Take(string account, string endpoint, int limit, int wanted, long venueMillis, out Allowance left)
    {
        // Windows roll on a clock that a simulated clock error does not disturb.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (!_windows.TryGetValue((account, endpoint), out var window))
            {
                _windows[(account, endpoint)] = window = new Queue<long>();
            }

            while (window.TryPeek(out var first) && first <= now - WindowMillis)
            {
                window.Dequeue();
            }

            var granted = IsEnforced ? Math.Max(0, Math.Min(wanted, limit - window.Count)) : wanted;
            for (var i = 0; i < granted && window.Count < limit; i++)
            {
                window.Enqueue(now);
            }

            var remaining = limit - window.Count;
            left = new Allowance(limit, remaining, remaining > 0 ? venueMillis : venueMillis + window.Peek() + WindowMillis - now);
            return granted;
        }
    }
}

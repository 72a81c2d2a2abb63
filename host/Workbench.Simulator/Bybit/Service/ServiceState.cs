using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Service;

/// <summary>
/// Whether the service runs: planned maintenance and restarts. Follows the venue's clock with every tick. State belongs to
/// the venue's lock; the two flags may be read anywhere.
/// </summary>
internal sealed class ServiceState : IVenueListener
{
    private readonly List<StatusEntry> _entries = [];
    private volatile bool _isDown;
    private volatile bool _isRestarting;

    public ServiceState(BybitOptions options, VenueClock clock)
    {
        var start = clock.NowMillis;
        foreach (var (planned, number) in options.Maintenance.Select((m, i) => (m, i + 1)))
        {
            var begin = start + (long)planned.Begin.TotalMilliseconds;
            _entries.Add(new StatusEntry($"maintenance-{number}", planned.Title, begin, begin + (long)planned.Duration.TotalMilliseconds));
        }
    }

    /// <summary>In the order they were announced.</summary>
    public IReadOnlyList<StatusEntry> Entries => _entries;

    /// <summary>Under maintenance: no order requests and no private or trade sockets.</summary>
    public bool IsDown => _isDown;

    /// <summary>New order requests are refused; those that are under way complete.</summary>
    public bool IsRefusing => _isDown || _isRestarting;

    /// <summary>An entry changed its state.</summary>
    public Action<StatusEntry>? Changed { get; set; }

    /// <summary>Private and trade sockets have to go.</summary>
    public Action? Disconnect { get; set; }

    /// <summary>The service begins anew: caches are empty and books start from the beginning.</summary>
    public Action? Restarted { get; set; }

    /// <summary>Announces that the service restarts soon.</summary>
    public void BeginRestart() => _isRestarting = true;

    /// <summary>To be called in the venue's lock.</summary>
    public void EndRestart()
    {
        Disconnect?.Invoke();
        Restarted?.Invoke();
        _isRestarting = false;
    }

    public void OnTick(long nowMicros)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            var now = nowMicros / 1000;
            if (entry.State == MaintenanceState.Scheduled && now >= entry.BeginMillis)
            {
                Enter(i, entry with { State = MaintenanceState.Ongoing });
                Disconnect?.Invoke();
            }

            entry = _entries[i];
            if (entry.State == MaintenanceState.Ongoing && now >= entry.EndMillis)
            {
                Restarted?.Invoke();
                Enter(i, entry with { State = MaintenanceState.Completed });
            }
        }
    }

    public bool IsWatching(OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
    }

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
    }

    public void OnStepEnd()
    {
    }

    private void Enter(int index, StatusEntry entry)
    {
        _entries[index] = entry;
        _isDown = _entries.Exists(e => e.State == MaintenanceState.Ongoing);
        Changed?.Invoke(entry);
    }
}

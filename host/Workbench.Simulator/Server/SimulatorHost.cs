using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Crypto;

namespace Workbench.Simulator.Server;

/// <summary>All simulated venues of a process. Dispose stops them.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly List<RunningVenue> _running = [];
    private FaultScheduler? _scheduler;

    private SimulatorHost()
    {
    }

    /// <summary>Venues by name.</summary>
    public IReadOnlyDictionary<string, VenueHandle> Venues { get; private set; } = new Dictionary<string, VenueHandle>();

    public VenueHandle this[string venue] => Venues[venue];

    /// <summary>Begins to switch faults on by a plan, counted from now. Plans may be begun one after the other.</summary>
    /// <exception cref="FaultException">Something is wrong with an entry; nothing was begun. The message names all that is wrong.</exception>
    public void Schedule(IReadOnlyList<FaultPlan> plans) => _scheduler!.Begin(plans);

    /// <summary>Builds and starts every venue; on return all of them serve.</summary>
    /// <exception cref="PortInUseException">A wanted port is taken.</exception>
    /// <exception cref="TapeException">A tape cannot be read.</exception>
    /// <exception cref="SimulatorOptionsException">The options do not describe a simulator.</exception>
    public static async Task<SimulatorHost> StartAsync(
        SimulatorOptions options, TimeProvider time, ILoggerFactory? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        Check(options);
        var host = new SimulatorHost();
        try
        {
            foreach (var venue in options.Venues)
            {
                var running = VenueFactory.Build(venue, options, time, log ?? NullLoggerFactory.Instance);
                host._running.Add(running);
                await running.StartAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        host.Venues = host._running.ToDictionary(r => r.Handle.Name, r => r.Handle);
        host._scheduler = new FaultScheduler(host.Venues.ToDictionary(v => v.Key, v => v.Value.Faults), time, unchecked((ulong)options.FaultSeed));
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        _scheduler?.Dispose();
        foreach (var running in _running)
        {
            await running.DisposeAsync().ConfigureAwait(false);
        }

        _running.Clear();
    }

    private static void Check(SimulatorOptions options)
    {
        if (options.Venues.Count == 0)
        {
            throw new SimulatorOptionsException("The simulator needs at least one venue.");
        }

        if (options.Venues.Select(v => v.Name).Distinct().Count() != options.Venues.Count)
        {
            throw new SimulatorOptionsException("Two simulated venues have the same name.");
        }

        foreach (var venue in options.Venues)
        {
            if (!Dialects.All.ContainsKey(venue.Dialect))
            {
                throw new SimulatorOptionsException(
                    $"Venue '{venue.Name}': dialect '{venue.Dialect}' is not one of {string.Join(", ", Dialects.All.Keys)}.");
            }

            if (venue.Port is < 0 or > 65535 || venue.TapeSpeed < 0)
            {
                throw new SimulatorOptionsException($"Venue '{venue.Name}': port must be 0 to 65535 and tape speed not negative.");
            }

            foreach (var (name, text) in venue.PublicKeys ?? new Dictionary<string, string>())
            {
                if (!PublicKey.TryRead(text, out _, out var problem))
                {
                    throw new SimulatorOptionsException($"Venue '{venue.Name}': the public key of '{name}' cannot be used: {problem}.");
                }
            }

            if (string.Join("; ", [.. venue.Binance.Problems(), .. venue.Bybit.Problems()]) is { Length: > 0 } problems)
            {
                throw new SimulatorOptionsException($"Venue '{venue.Name}': {problems}.");
            }
        }
    }
}

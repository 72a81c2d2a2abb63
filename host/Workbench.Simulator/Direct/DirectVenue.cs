using Microsoft.Extensions.Logging;
using Workbench.Sdk;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Direct;

/// <summary>A venue reached by calls: its markets, the one account that trades there, and the pump that moves it.</summary>
internal sealed class DirectVenue : IAsyncDisposable
{
    private const decimal FeeRate = 0.001m;

    // What an account starts with of each asset, in units of a quote asset, when nobody says otherwise.
    private const decimal OpeningWorth = 100_000m;

    // Never disposed: it owns no timer, and streams may still look at it afterwards.
    private readonly CancellationTokenSource _closing = new();
    private readonly SimulatedVenue _venue;
    private readonly VenuePump _pump;

    public DirectVenue(string name, long seed, IReadOnlyList<string>? symbols, IReadOnlyDictionary<string, decimal>? balances, TimeProvider time, ILogger log)
    {
        // The same seeds as a venue that is served under this name: both follow one price.
        var shared = unchecked((ulong)seed);
        var own = shared ^ Pcg32.StreamOf("venue", name);
        var names = symbols is { Count: > 0 } ? symbols : DefaultInstruments.Names;
        var instruments = DefaultInstruments.Create(names.Distinct(StringComparer.Ordinal), 0, shared);
        Time = time;
        _venue = new SimulatedVenue(name, new VenueClock(time), instruments, new SyntheticFlow(shared, own), own);
        Listing = new Listing(_venue.Markets);
        Account = _venue.OpenAccount("default", FeeRate, FeeRate, balances ?? Opening(_venue.Markets));
        _pump = new VenuePump(_venue, log);
    }

    public string Name => _venue.Name;

    public TimeProvider Time { get; }

    public Listing Listing { get; }

    /// <summary>To be read inside <see cref="Execute{T}"/> and <see cref="Ask{T}"/> only.</summary>
    public Account Account { get; }

    /// <summary>Fires when the venue closes.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Why nothing can be asked of the venue; null when it answers.</summary>
    public VenueError? Obstacle(CancellationToken cancellationToken) => this switch
    {
        _ when cancellationToken.IsCancellationRequested => new VenueError(VenueErrorKind.Cancelled, "The caller gave up."),
        _ when Closing.IsCancellationRequested => new VenueError(VenueErrorKind.Unavailable, $"The simulated venue '{Name}' is closed."),
        _ => null,
    };

    /// <summary>Reads inside the venue's lock, unless there is an obstacle.</summary>
    public ReadResult<T> Ask<T>(Func<MatchingEngine, ReadResult<T>> question, CancellationToken cancellationToken) =>
        Obstacle(cancellationToken) is { } obstacle ? obstacle : Execute(question);

    /// <summary>Runs inside the venue's lock.</summary>
    public T Execute<T>(Func<MatchingEngine, T> action) => _venue.Execute(action);

    /// <inheritdoc cref="Execute{T}"/>
    public void Execute(Action<MatchingEngine> action) => _venue.Execute(action);

    /// <summary>Lets a listener hear everything from now on; <paramref name="start"/> runs before the first event.</summary>
    public void Join(IVenueListener listener, Action start) => _venue.AddListener(listener, _ => start());

    public void Leave(IVenueListener listener) => _venue.RemoveListener(listener);

    /// <summary>Lets the market catch up with the clock; the pump does so by itself.</summary>
    public void Pump() => _venue.Pump();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _pump.DisposeAsync().ConfigureAwait(false);
    }

    private static Dictionary<string, decimal> Opening(IReadOnlyList<Market> markets)
    {
        var balances = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var instrument in markets.Select(m => m.Instrument))
        {
            balances.TryAdd(instrument.QuoteAsset, OpeningWorth);
            balances.TryAdd(instrument.BaseAsset, Math.Max(1, decimal.Floor(OpeningWorth / instrument.ReferencePrice)));
        }

        return balances;
    }
}

namespace Workbench.Sdk;

/// <summary>
/// Spreads a quantity evenly over time: slice i of n begins at i/n of the duration, without jitter, and all are rounded down to the step but the last, which has the
/// remainder: together they are exactly the whole quantity.
/// </summary>
/// <remarks>
/// A slice works until the next one is due and is then cancelled. While a slice is not done, and an unknown one is not, the schedule is held; the slices whose time
/// passed meanwhile are merged into the next one when it catches up, and left out when it does not. At the end the open slice is cancelled.
/// </remarks>
/// <example><code>var twap = Twap.Start(Orders, Market, Clock, new TwapOptions { Symbol = "BTC/USDT", Side = Side.Buy, Quantity = new Quantity(1), Duration = TimeSpan.FromHours(1), Slices = 60 });</code></example>
public sealed class Twap : Algorithm
{
    private readonly TwapOptions _options;

    private Twap(TwapOptions options, IOrders orders, TimeProvider time, IProgress<AlgorithmProgress>? listener)
        : base("twap", options.Whole, orders, time, listener) => _options = options;

    /// <summary>Begins with the first slice.</summary>
    /// <param name="orders">Where its orders go.</param>
    /// <param name="market">Knows the market's step, where the options do not say it.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of each change, or null.</param>
    /// <param name="cancellationToken">Cancels it, as <see cref="Algorithm.Cancel"/> does.</param>
    /// <exception cref="ArgumentException">The options have a problem.</exception>
    public static Twap Start(IOrders orders, IMarket market, TimeProvider time, TwapOptions options, IProgress<AlgorithmProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var exact = options.Step != 0 ? options : options with { Step = StepOf(market.Instrument(options.Symbol), options.Limit is null) };
        if (exact.Problem() is { } problem)
        {
            throw new ArgumentException($"The TWAP cannot be started: {problem}.", nameof(options));
        }

        var twap = new Twap(exact, orders, time, progress);
        twap.Start(cancellationToken);
        return twap;
    }

    private protected override async Task WorkAsync()
    {
        for (var slice = 0; slice < _options.Slices && !IsStopping; slice++)
        {
            await UntilAsync(Due(slice), isPauseOver: false).ConfigureAwait(false);
            await UntilAsync(_options.Duration, isPauseOver: true).ConfigureAwait(false);

            // The slices whose whole time has passed are part of the newest one, or of none.
            while (slice + 1 < _options.Slices && Elapsed >= Due(slice + 1))
            {
                slice++;
            }

            var quantity = QuantityOf(slice);
            if (!IsStopping && !quantity.IsZero && Elapsed < _options.Duration)
            {
                await RunOrderAsync(Request(quantity), Due(slice + 1)).ConfigureAwait(false);
            }
        }
    }

    internal static decimal StepOf(Instrument? instrument, bool isMarket) =>
        instrument is null ? 0 : isMarket ? Math.Max(instrument.StepSize, instrument.MarketStepSize) : instrument.StepSize;

    private async Task UntilAsync(TimeSpan until, bool isPauseOver)
    {
        while (!IsStopping && Elapsed < until && !(isPauseOver && !IsPaused))
        {
            await WaitAsync(until).ConfigureAwait(false);
        }
    }

    private TimeSpan Due(int slice) => TimeSpan.FromTicks(_options.Duration.Ticks * slice / _options.Slices);

    private Quantity QuantityOf(int slice)
    {
        var planned = _options.CatchesUp ? _options.Planned(slice + 1) : _options.Planned(slice + 1) - _options.Planned(slice);
        var filled = _options.CatchesUp ? Progress.Filled : default;
        return filled >= planned ? default : (planned - filled) is var quantity && quantity < Left ? quantity : Left;
    }

    private OrderRequest Request(Quantity quantity) =>
        (_options.Limit is { } limit ? OrderRequest.Limit(_options.Symbol, _options.Side, quantity, limit) : OrderRequest.Market(_options.Symbol, _options.Side, quantity))
        with { Connection = _options.Connection };
}

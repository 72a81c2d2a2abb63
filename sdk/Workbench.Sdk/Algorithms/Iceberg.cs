namespace Workbench.Sdk;

/// <summary>Works a quantity by limit orders of which the book shows one part at a time: when a part is filled, the next one is placed.</summary>
/// <remarks>While a part is not done, and an unknown one is not, no other is placed. It has no end of its own: it works until it is filled, cancelled or refused.</remarks>
/// <example><code>var iceberg = Iceberg.Start(Orders, Market, Clock, new IcebergOptions { Symbol = "BTC/USDT", Side = Side.Sell, Quantity = new Quantity(10), Shown = new Quantity(0.5m), Limit = new Price(70_000) });</code></example>
public sealed class Iceberg : Algorithm
{
    private readonly IcebergOptions _options;

    private Iceberg(IcebergOptions options, IOrders orders, TimeProvider time, IProgress<AlgorithmProgress>? listener)
        : base("iceberg", options.Quantity.RoundDownTo(options.Step), orders, time, listener) => _options = options;

    /// <summary>Begins with the first part.</summary>
    /// <param name="orders">Where its orders go.</param>
    /// <param name="market">Knows the market's step, where the options do not say it.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of each change, or null.</param>
    /// <param name="cancellationToken">Cancels it, as <see cref="Algorithm.Cancel"/> does.</param>
    /// <exception cref="ArgumentException">The options have a problem.</exception>
    public static Iceberg Start(IOrders orders, IMarket market, TimeProvider time, IcebergOptions options, IProgress<AlgorithmProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var exact = options.Step != 0 ? options : options with { Step = Twap.StepOf(market.Instrument(options.Symbol), isMarket: false) };
        if (exact.Problem() is { } problem)
        {
            throw new ArgumentException($"The iceberg cannot be started: {problem}.", nameof(options));
        }

        var iceberg = new Iceberg(exact, orders, time, progress);
        iceberg.Start(cancellationToken);
        return iceberg;
    }

    /// <summary>A price to follow: the best of the order's own side of the book, as the route shows it. Somebody must read the market's quotes to keep it fresh.</summary>
    public static Func<Price?> BestPrice(IMarket market, Symbol symbol, Side side) =>
        () => market.LatestQuote(symbol) is { } quote ? side == Side.Buy ? quote.Bid : quote.Ask : null;

    private protected override async Task WorkAsync()
    {
        while (!IsStopping && !Left.IsZero)
        {
            if (IsPaused)
            {
                await WaitAsync(TimeSpan.MaxValue).ConfigureAwait(false);
                continue;
            }

            var price = PriceNow();
            var shown = _options.Shown.RoundDownTo(_options.Step) is var part && part < Left ? part : Left;
            var request = OrderRequest.Limit(_options.Symbol, _options.Side, shown, price, postOnly: _options.PostOnly) with { Connection = _options.Connection };
            var look = _options.Follow is null ? (TimeSpan?)null : _options.FollowEvery;
            await RunOrderAsync(request, until: null, look, () => PriceNow() != price).ConfigureAwait(false);
        }
    }

    private Price PriceNow()
    {
        var (limit, wanted) = (_options.Limit, _options.Follow?.Invoke() ?? _options.Limit);
        return _options.Side == Side.Buy ? wanted < limit ? wanted : limit : wanted > limit ? wanted : limit;
    }
}

using Workbench.Core.Risk;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Risk;

public sealed class RiskGateTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private readonly View _view = new();

    [Fact]
    public void Without_limits_every_sensible_order_passes() =>
        Check(RiskLimits.None, Market(Side.Buy, 1000)).ShouldBeOfType<RiskDecision.Allowed>();

    [Fact]
    public void Senseless_request_is_denied() =>
        Denied(RiskLimits.None, Market(Side.Buy, 0)).ShouldBe("invalid_request: the quantity is zero");

    [Fact]
    public void Instrument_rules_are_checked_after_rounding_down()
    {
        Denied(RiskLimits.None, Market(Side.Buy, 0.000001m)).ShouldBe("instrument: quantity is zero");
        Denied(RiskLimits.None, Limit(Side.Buy, 0.01m, 100)).ShouldBe("instrument: value 1 is below the minimum of 5");
        Check(RiskLimits.None, Limit(Side.Buy, 0.123456789m, 99.999m)).ShouldBeOfType<RiskDecision.Allowed>();
        _view.Instrument = _view.Instrument! with { Status = InstrumentStatus.Halted };
        Denied(RiskLimits.None, Market(Side.Buy, 1)).ShouldBe("instrument: BTC/USDT is not trading (Halted)");
        _view.Instrument = null;
        Denied(RiskLimits.None, Market(Side.Buy, 1)).ShouldBe("instrument: BTC/USDT is not listed at the target connection");
    }

    [Fact]
    public void Order_value_is_bounded()
    {
        var limits = new RiskLimits { MaxOrderValue = new Amount(1000) };
        Check(limits, Limit(Side.Buy, 10, 100)).ShouldBeOfType<RiskDecision.Allowed>();
        Denied(limits, Limit(Side.Buy, 10.01m, 100)).ShouldBe("max_order_value: limit 1000 USDT, would be 1001 USDT");
        Denied(limits, Market(Side.Buy, 10)).ShouldBe("max_order_value: limit 1000 USDT, would be 1010 USDT");
        Denied(limits, Limit(Side.Sell, 11, 1)).ShouldBe("max_order_value: limit 1000 USDT, would be 1089 USDT", "it sells at the bid, not at its limit");
        _view.Quote = null;
        Denied(limits, Market(Side.Buy, 1)).ShouldBe("max_order_value: there is no price of BTC/USDT to value the order at");
    }

    [Fact]
    public void Position_counts_every_open_unknown_and_in_flight_order_of_the_same_side()
    {
        var limits = Limits(0.5m);
        _view.Net = 0.3m;
        Check(limits, Market(Side.Buy, 0.2m)).ShouldBeOfType<RiskDecision.Allowed>();
        _view.Open(Side.Buy, 0.12m, OrderKnowledge.Unknown);
        _view.Open(Side.Sell, 5, OrderKnowledge.Known);
        Denied(limits, Market(Side.Buy, 0.2m)).ShouldBe("max_position: limit 0.5 BTC, would be 0.62 BTC");
        _view.Open(Side.Buy, 0.08m, OrderKnowledge.InFlight);
        Check(limits, Market(Side.Buy, 0.001m)).ShouldBeOfType<RiskDecision.Denied>();
    }

    [Fact]
    public void Position_limit_holds_for_shorts_and_lets_a_position_be_reduced()
    {
        _view.Net = 2;
        Check(Limits(0.5m), Market(Side.Sell, 2.5m)).ShouldBeOfType<RiskDecision.Allowed>();
        Denied(Limits(0.5m), Market(Side.Sell, 2.6m)).ShouldBe("max_position: limit 0.5 BTC, would be 0.6 BTC short");
        Denied(Limits(0.5m), Market(Side.Buy, 0.1m)).ShouldBe("max_position: limit 0.5 BTC, would be 2.1 BTC");
    }

    [Fact]
    public void Partly_filled_order_counts_with_what_is_left()
    {
        _view.Net = 0.1m;
        _view.Open(Side.Buy, 0.3m, OrderKnowledge.Known, filled: 0.1m);
        Check(Limits(0.5m), Market(Side.Buy, 0.2m)).ShouldBeOfType<RiskDecision.Allowed>();
        Check(Limits(0.5m), Market(Side.Buy, 0.21m)).ShouldBeOfType<RiskDecision.Denied>();
    }

    [Fact]
    public void Open_orders_are_bounded()
    {
        _view.Open(Side.Buy, 1, OrderKnowledge.Known);
        Check(new RiskLimits { MaxOpenOrders = 2 }, Market(Side.Buy, 1)).ShouldBeOfType<RiskDecision.Allowed>();
        Denied(new RiskLimits { MaxOpenOrders = 1 }, Market(Side.Buy, 1)).ShouldBe("max_open_orders: limit 1, would be 2");
    }

    [Fact]
    public void Orders_per_second_are_bounded()
    {
        var limits = new RiskLimits { MaxOrdersPerSecond = 3 };
        _view.RecentOrders = [_view.Now + TimeSpan.FromSeconds(-1), _view.Now + TimeSpan.FromSeconds(-0.999), _view.Now];
        Check(limits, Market(Side.Buy, 1)).ShouldBeOfType<RiskDecision.Allowed>();
        _view.RecentOrders = [_view.Now + TimeSpan.FromSeconds(-0.9), _view.Now + TimeSpan.FromSeconds(-0.5), _view.Now];
        Denied(limits, Market(Side.Buy, 1)).ShouldBe("max_orders_per_second: limit 3, would be 4");
    }

    [Fact]
    public void Collar_stops_prices_on_the_costly_side_only()
    {
        var limits = new RiskLimits { PriceCollar = 0.02m };
        Check(limits, Limit(Side.Buy, 1, 103.02m)).ShouldBeOfType<RiskDecision.Allowed>();
        Denied(limits, Limit(Side.Buy, 1, 103.03m)).ShouldBe("price_collar: limit 103.02 USDT (2 % from 101), would be 103.03 USDT");
        Check(limits, Limit(Side.Buy, 1, 50)).ShouldBeOfType<RiskDecision.Allowed>();
        Denied(limits, Limit(Side.Sell, 1, 97)).ShouldBe("price_collar: limit 97.02 USDT (2 % from 99), would be 97 USDT");
        Check(limits, Market(Side.Buy, 1)).ShouldBeOfType<RiskDecision.Allowed>();
        _view.Quote = _view.QuoteOf(90, 110);
        Denied(limits, Market(Side.Buy, 1)).ShouldBe("price_collar: limit 102 USDT (2 % from 100), would be 110 USDT");
        _view.Quote = null;
        Denied(limits, Market(Side.Buy, 1)).ShouldBe("price_collar: there is no price of BTC/USDT to measure from");
    }

    [Fact]
    public void Stale_or_missing_quote_is_refused()
    {
        var limits = new RiskLimits { StalePriceAfter = TimeSpan.FromSeconds(3) };
        _view.Now += TimeSpan.FromSeconds(3);
        Check(limits, Market(Side.Buy, 1)).ShouldBeOfType<RiskDecision.Allowed>();
        _view.Now += TimeSpan.FromSeconds(0.5);
        Denied(limits, Market(Side.Buy, 1)).ShouldBe("stale_price: limit 3 s, the quote of binance is 3.5 s old");
        _view.Quote = null;
        Denied(limits, Market(Side.Buy, 1)).ShouldBe("stale_price: the target connection has no quote");
    }

    [Fact]
    public void Crossed_book_is_not_traded_on()
    {
        _view.Quote = _view.QuoteOf(101, 100);
        Denied(new RiskLimits { StalePriceAfter = TimeSpan.FromSeconds(3) }, Market(Side.Buy, 1)).ShouldBe("crossed_book: bid 101 is above ask 100");
    }

    [Fact]
    public void E26_Book_that_is_invalid_closes_the_gate_whatever_the_limits()
    {
        _view.BookProblem = "a gap in the changes";
        Denied(RiskLimits.None, Limit(Side.Buy, 1, 90)).ShouldBe("book_invalid: a gap in the changes");
        _view.BookProblem = null;
        Check(RiskLimits.None, Limit(Side.Buy, 1, 90)).ShouldBeOfType<RiskDecision.Allowed>();
    }

    [Theory]
    [InlineData(Side.Buy, "empty_side: nobody offers BTC/USDT at binance now")]
    [InlineData(Side.Sell, "empty_side: nobody bids for BTC/USDT at binance now")]
    public void E26_Market_order_towards_an_empty_side_is_denied_and_towards_the_other_side_goes(Side side, string reason)
    {
        var whole = _view.QuoteOf(99, 101);
        _view.Quote = side == Side.Buy ? whole with { Ask = null } : whole with { Bid = null };
        Denied(RiskLimits.None, Market(side, 1)).ShouldBe(reason);
        Check(RiskLimits.None, Market(side == Side.Buy ? Side.Sell : Side.Buy, 1)).ShouldBeOfType<RiskDecision.Allowed>();
        Check(RiskLimits.None, Limit(side, 1, 100)).ShouldBeOfType<RiskDecision.Allowed>("it needs nobody on the other side");
    }

    [Fact]
    public void E28_Suspect_price_is_not_traded_on()
    {
        var quote = _view.QuoteOf(149, 151);
        _view.Quote = quote with { Stamp = quote.Stamp with { IsSuspect = true } };
        Denied(RiskLimits.None, Market(Side.Buy, 1)).ShouldBe("suspect_price: bid 149, ask 151 is far from the recent prices, and neither another venue nor time has confirmed it yet");
    }

    private static RiskLimits Limits(decimal position) => new() { MaxPosition = new Dictionary<Asset, Quantity> { [Btc.Base] = new(position) } };

    private static OrderRequest Market(Side side, decimal quantity) => OrderRequest.Market(Btc, side, new Quantity(quantity));

    private static OrderRequest Limit(Side side, decimal quantity, decimal price) => OrderRequest.Limit(Btc, side, new Quantity(quantity), new Price(price));

    private RiskDecision Check(RiskLimits limits, OrderRequest request) => new RiskGate(limits).Check(request, _view);

    private string Denied(RiskLimits limits, OrderRequest request) => Check(limits, request).ShouldBeOfType<RiskDecision.Denied>().ToString();

    private sealed class View : IRiskView
    {
        public string? QuoteProblem { get; init; }

        private readonly List<Order> _open = [];

        public View() => Quote = QuoteOf(99, 101);

        public Timestamp Now { get; set; } = Timestamp.FromUnixMilliseconds(1_723_161_253_937);

        public Quote? Quote { get; set; }

        public string? BookProblem { get; set; }

        public Instrument? Instrument { get; set; } = new() { Symbol = Btc, VenueSymbol = "BTCUSDT", TickSize = 0.01m, StepSize = 0.00001m, MinNotional = 5 };

        public decimal Net { get; set; }

        public IReadOnlyList<Order> OpenOrders => _open;

        public IReadOnlyList<Timestamp> RecentOrders { get; set; } = [];

        public NetQuantity Position(Asset asset) => new(asset == Btc.Base ? Net : 0);

        public void Open(Side side, decimal quantity, OrderKnowledge knowledge, decimal filled = 0) => _open.Add(new Order
        {
            Id = new ClientOrderId($"o{_open.Count}"),
            Request = Market(side, quantity),
            Knowledge = knowledge,
            Quantity = new Quantity(quantity),
            FilledQuantity = new Quantity(filled),
            CreatedAt = Now,
            UpdatedAt = Now,
        });

        public Quote QuoteOf(decimal bid, decimal ask) => new(Btc, new Price(bid), new Quantity(1), new Price(ask), new Quantity(1), new MarketStamp
        {
            Connection = new ConnectionId("binance"),
            Venue = new VenueId("binance"),
            Session = 1,
            VenueTime = Now,
            ReceivedAt = Now,
        });
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Bybit.Linear;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Rest;
using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit;

/// <summary>Bybit V5, spot and USDT perpetuals: REST, the public streams of both, the private and the trade stream on one port.</summary>
internal sealed class BybitDialect : IDialect
{
    private static readonly TimeSpan StandardIdleLimit = TimeSpan.FromMinutes(10);
    private readonly SimulatedVenue _venue;
    private readonly FaultLab _faults;
    private readonly Gatekeeper _gatekeeper;
    private readonly PublicFeed _publicFeed;
    private readonly PrivateFeed _privateFeed;
    private readonly OrderGateway _gateway;
    private readonly BybitRest _rest;
    private readonly Ledgers _ledgers = new();
    private readonly LinearVenue _linear;
    private readonly PublicFeed _linearFeed;
    private long _connections;

    public BybitDialect(DialectContext context)
    {
        (_venue, _faults) = (context.Venue, context.Faults);
        _faults.Targets.Venue = _venue;
        _gatekeeper = new Gatekeeper(_venue);
        _linear = OpenPerpetuals(context);
        _publicFeed = new PublicFeed(_venue);
        _linearFeed = new PublicFeed(_linear.Venue, LinearTopics.Of(_linear));
        _privateFeed = new PrivateFeed(_venue, _ledgers, _linear);
        var linearPushes = new LinearPushes(_linear, _privateFeed);
        var windows = new RateWindows(_venue.Clock.Time) { IsEnforced = context.Options.RateLimits };
        var addresses = new AddressLimit(_venue.Clock.Time) { IsEnforced = context.Options.RateLimits };
        _gateway = new OrderGateway(new CategoryDesk(new OrderDesk(_venue, _ledgers), new LinearDesk(_linear)), windows, _venue);
        IEnumerable<RestRoute> spot =
        [
            .. new MarketEndpoints(_venue, _publicFeed).All,
            .. new OrderEndpoints(_venue, _gateway, _ledgers, _faults).All,
            .. new AccountEndpoints(_venue, _linear).All,
        ];
        IEnumerable<RestRoute> linear =
        [
            .. new LinearMarketEndpoints(_linear, _linearFeed, context.Options.InstrumentPageSize).All,
            .. new LinearQueries(_linear, _faults).All,
            .. new PositionEndpoints(_linear, linearPushes, _gateway).All,
        ];
        _rest = new BybitRest(CategoryRoutes.Join(spot, linear), _gatekeeper, windows, addresses, _venue);

        // In this order: the pushes read what the ledgers have just noted.
        _venue.AddListener(_ledgers);
        _venue.AddListener(_publicFeed);
        _venue.AddListener(_privateFeed);
        _venue.AddListener(_linear);
        _linear.Venue.AddListener(_linearFeed);
        _linear.Venue.AddListener(linearPushes);
    }

    /// <summary>The perpetuals beside the spot venue.</summary>
    public LinearVenue Linear => _linear;

    public IReadOnlyList<DialectEndpoint> Endpoints { get; } =
    [
        new("rest", "http", ""),
        new("public", "ws", "/v5/public/spot"),
        new("linear", "ws", "/v5/public/linear"),
        new("private", "ws", "/v5/private"),
        new("trade", "ws", "/v5/trade"),
    ];

    public void Map(IApplicationBuilder app) => app.Run(HandleAsync);

    public RequestInfo Classify(HttpRequest request) => BybitTraffic.Of(request);

    public FaultBody Word(FaultAnswer answer) => BybitTraffic.Word(answer);

    public ValueTask DisposeAsync()
    {
        _venue.RemoveListener(_ledgers);
        _venue.RemoveListener(_publicFeed);
        _venue.RemoveListener(_privateFeed);
        _venue.RemoveListener(_linear);
        return ValueTask.CompletedTask;
    }

    private Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return _rest.HandleAsync(context);
        }

        switch (context.Request.Path.Value)
        {
            case "/v5/public/spot":
                return SocketSession.RunAsync(context, s => new PublicSession(Open(s, StandardIdleLimit), _publicFeed, _venue, _faults, Categories.Spot));
            case "/v5/public/linear":
                return SocketSession.RunAsync(context, s => new PublicSession(Open(s, StandardIdleLimit), _linearFeed, _linear.Venue, _faults, Categories.Linear));
            case "/v5/private":
                var idle = IdleLimit(context);
                return SocketSession.RunAsync(context, s => new PrivateSession(Open(s, idle), _privateFeed, _gatekeeper, _venue, _faults));
            case "/v5/trade":
                idle = IdleLimit(context);
                return SocketSession.RunAsync(context, s => new TradeSession(Open(s, idle), _gateway, _gatekeeper, _venue, _faults));
            default:
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }

    private static LinearVenue OpenPerpetuals(DialectContext context)
    {
        var venue = context.Venue;
        var seed = venue.Seed ^ Pcg32.StreamOf("venue", "linear");
        return new LinearVenue(
            venue, LinearListing.Beside(venue, context.Options.FundingInterval), context.PerpetualFlow ?? new LinearFlow(venue, seed), seed);
    }

    private BybitSocket Open(SocketSession session, TimeSpan idleLimit) => new(
        session, $"{_venue.Name}-{BybitJson.Text(Interlocked.Increment(ref _connections))}", idleLimit, _venue.Clock.Time);

    private static TimeSpan IdleLimit(HttpContext context) =>
        ActiveTime.Parse(context.Request.Query["max_active_time"].ToString()) ?? StandardIdleLimit;
}

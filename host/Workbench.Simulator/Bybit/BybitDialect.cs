using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Rest;
using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit;

/// <summary>Bybit V5, category spot: REST, the public, the private and the trade stream on one port.</summary>
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
    private long _connections;

    public BybitDialect(DialectContext context)
    {
        (_venue, _faults) = (context.Venue, context.Faults);
        _faults.Targets.Venue = _venue;
        _gatekeeper = new Gatekeeper(_venue);
        _publicFeed = new PublicFeed(_venue);
        _privateFeed = new PrivateFeed(_venue, _ledgers);
        var windows = new RateWindows(_venue.Clock.Time) { IsEnforced = context.Options.RateLimits };
        var addresses = new AddressLimit(_venue.Clock.Time) { IsEnforced = context.Options.RateLimits };
        _gateway = new OrderGateway(new OrderDesk(_venue, _ledgers), windows, _venue);
        IEnumerable<RestRoute> routes =
        [
            .. new MarketEndpoints(_venue, _publicFeed).All,
            .. new OrderEndpoints(_venue, _gateway, _ledgers, _faults).All,
            .. new AccountEndpoints(_venue).All,
        ];
        _rest = new BybitRest(routes, _gatekeeper, windows, addresses, _venue);

        // In this order: the pushes read what the ledgers have just noted.
        _venue.AddListener(_ledgers);
        _venue.AddListener(_publicFeed);
        _venue.AddListener(_privateFeed);
    }

    public IReadOnlyList<DialectEndpoint> Endpoints { get; } =
    [
        new("rest", "http", ""),
        new("public", "ws", "/v5/public/spot"),
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
                return SocketSession.RunAsync(context, s => new PublicSession(Open(s, StandardIdleLimit), _publicFeed, _venue, _faults));
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

    private BybitSocket Open(SocketSession session, TimeSpan idleLimit) => new(
        session, $"{_venue.Name}-{BybitJson.Text(Interlocked.Increment(ref _connections))}", idleLimit, _venue.Clock.Time);

    private static TimeSpan IdleLimit(HttpContext context) =>
        ActiveTime.Parse(context.Request.Query["max_active_time"].ToString()) ?? StandardIdleLimit;
}

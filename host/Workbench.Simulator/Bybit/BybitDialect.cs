using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Bybit.Linear;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Rest;
using Workbench.Simulator.Bybit.Service;
using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Server;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit;

/// <summary>Bybit V5, spot and USDT perpetuals: REST, the public streams of both, the private and the trade stream on one port.</summary>
internal sealed class BybitDialect : IDialect
{
    private readonly SimulatedVenue _venue;
    private readonly FaultLab _faults;
    private readonly BybitOptions _options;
    private readonly Gatekeeper _gatekeeper;
    private readonly AddressLimit _addresses;
    private readonly ServiceState _service;
    private readonly PublicFeed _publicFeed;
    private readonly PrivateFeed _privateFeed;
    private readonly StatusFeed _statusFeed;
    private readonly OrderGateway _gateway;
    private readonly BybitRest _rest;
    private readonly Ledgers _ledgers;
    private readonly LinearVenue _linear;
    private readonly PublicFeed _linearFeed;
    private readonly LinearPushes _linearPushes;
    private readonly SocketRegistry _sockets = new();
    private long _connections;

    public BybitDialect(DialectContext context)
    {
        (_venue, _faults, _options) = (context.Venue, context.Faults, context.Options.Bybit);
        _faults.Targets.Venue = _venue;
        _gatekeeper = new Gatekeeper(_venue, _options.ChecksTimestamps);
        _service = new ServiceState(_options, _venue.Clock);
        _ledgers = new Ledgers(_options);
        _linear = OpenPerpetuals(context);
        _faults.Targets.Others.Add(_linear.Venue);
        var gate = new PushGate(_options, _venue.Clock.Time);
        var recorded = context.Capture is { } capture ? new RecordedTopics(capture, _venue) : null;
        CaptureSink = recorded;
        _publicFeed = new PublicFeed(_venue, recorded is null ? null : (name, _, market, _) => recorded.Create(name, market));
        _linearFeed = new PublicFeed(_linear.Venue, LinearTopics.Of(_linear));
        _privateFeed = new PrivateFeed(_venue, _ledgers, _linear, gate);
        _linearPushes = new LinearPushes(_linear, _privateFeed);
        _statusFeed = new StatusFeed(_venue);
        var windows = new RateWindows(_venue.Clock.Time) { IsEnforced = context.Options.RateLimits };
        _addresses = new AddressLimit(_venue.Clock.Time, _options) { IsEnforced = context.Options.RateLimits };
        var spotDesk = new OrderDesk(_venue, _ledgers, _options) { CancelledLate = _privateFeed.PushLateCancel };
        _gateway = new OrderGateway(new CategoryDesk(spotDesk, new LinearDesk(_linear, _options) { CancelledLate = _linearPushes.PushLateCancel }), windows, _service, gate, _venue);
        IEnumerable<RestRoute> spot =
        [
            .. new MarketEndpoints(_venue, _publicFeed, _service).All,
            .. new OrderEndpoints(_venue, _gateway, _ledgers, _faults).All,
            .. new AccountEndpoints(_venue, _gateway, _ledgers, _linear).All,
            .. new AssetEndpoints(_venue).All,
        ];
        IEnumerable<RestRoute> linear =
        [
            .. new LinearMarketEndpoints(_linear, _linearFeed, _options.InstrumentPageSize).All,
            .. new LinearQueries(_linear, _faults).All,
            .. new PositionEndpoints(_linear, _linearPushes, _gateway).All,
        ];
        _rest = new BybitRest(CategoryRoutes.Join(spot, linear), _gatekeeper, windows, _addresses, _venue);
        Connect();
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
        new("status", "ws", "/v5/public/misc/status"),
    ];

    public ICaptureSink? CaptureSink { get; }

    public void Map(IApplicationBuilder app) => app.Run(HandleAsync);

    public RequestInfo Classify(HttpRequest request) => BybitTraffic.Of(request);

    public FaultBody Word(FaultAnswer answer) => BybitTraffic.Word(answer);

    /// <summary>
    /// A restart of the service: during the notice new order requests are refused with 10019 (over REST 10016) while those
    /// under way complete. Then private and trade sockets are closed, the cache of recent orders is empty and every book begins
    /// anew with u = 1.
    /// </summary>
    public async Task ShutDownConnectionsAsync(TimeSpan notice, CancellationToken cancellationToken)
    {
        _venue.Execute(_ => _service.BeginRestart());
        await Task.Delay(notice, _venue.Clock.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _venue.Execute(_ => _service.EndRestart());
    }

    public ValueTask DisposeAsync()
    {
        _venue.RemoveListener(_ledgers);
        _venue.RemoveListener(_publicFeed);
        _venue.RemoveListener(_privateFeed);
        _venue.RemoveListener(_linear);
        _venue.RemoveListener(_service);
        return ValueTask.CompletedTask;
    }

    private void Connect()
    {
        _service.Changed = _statusFeed.Push;
        _service.Disconnect = _sockets.CloseAll;
        _service.Restarted = () =>
        {
            _ledgers.Restart(_venue.Clock.NowMicros);
            _linear.Ledgers.Restart(_venue.Clock.NowMicros);
            _publicFeed.Restart();
            _linearFeed.Restart();
        };

        // A rebate is paid in the coin that was given away.
        _venue.Execute(engine => engine.FeeSchedule.RebatesInSpentAsset = true);

        // In this order: the pushes read what the ledgers have just noted.
        _venue.AddListener(_ledgers);
        _venue.AddListener(_publicFeed);
        _venue.AddListener(_privateFeed);
        _venue.AddListener(_linear);
        _linear.Venue.AddListener(_linearFeed);
        _linear.Venue.AddListener(_linearPushes);
        _venue.AddListener(_service);
    }

    private Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return _rest.HandleAsync(context);
        }

        var path = context.Request.Path.Value;
        if (!_addresses.AdmitConnect(context.Connection.RemoteIpAddress))
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        }

        if (_service.IsDown && (path is "/v5/private" or "/v5/trade"))
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }

        switch (path)
        {
            case "/v5/public/spot":
                return SocketSession.RunAsync(context, s => new PublicSession(Open(s, context), _publicFeed, _venue, _faults, Categories.Spot));
            case "/v5/public/linear":
                return SocketSession.RunAsync(
                    context, s => new PublicSession(Open(s, context), _linearFeed, _linear.Venue, _faults, Categories.Linear));
            case "/v5/public/misc/status":
                return SocketSession.RunAsync(context, s => new StatusSession(Open(s, context), _statusFeed, _venue, _faults));
            case "/v5/private":
                return SocketSession.RunAsync(context, s => new PrivateSession(OpenPrivate(s, context), _privateFeed, _gatekeeper, _venue, _faults));
            case "/v5/trade" when !_options.IsDemo:
                return SocketSession.RunAsync(
                    context, s => new TradeSession(OpenPrivate(s, context), _gateway, _service, _gatekeeper, _venue, _faults));
            default:
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }

    private LinearVenue OpenPerpetuals(DialectContext context)
    {
        var seed = _venue.Seed ^ Pcg32.StreamOf("venue", "linear");
        var contracts = LinearListing.Beside(_venue, _options.FundingInterval);
        return new LinearVenue(_venue, contracts, context.PerpetualFlow ?? new LinearFlow(_venue, seed), seed, _options);
    }

    private BybitSocket Open(SocketSession session, HttpContext context) => Open(session, context, _options.IdleLimit);

    private BybitSocket OpenPrivate(SocketSession session, HttpContext context)
    {
        var wanted = ActiveTime.Parse(context.Request.Query["max_active_time"].ToString());
        var socket = Open(session, context, wanted ?? _options.IdleLimit);
        _sockets.Add(socket);
        return socket;
    }

    private BybitSocket Open(SocketSession session, HttpContext context, TimeSpan idleLimit) => new(
        session,
        $"{_venue.Name}-{BybitJson.Text(Interlocked.Increment(ref _connections))}",
        context.Connection.RemoteIpAddress,
        idleLimit,
        _venue.Clock.Time);
}

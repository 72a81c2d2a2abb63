using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>
/// The listener of one venue on 127.0.0.1. It can really stop listening (connections are refused, open ones are reset) and
/// listen again on the same port with the same dialect instance, which keeps the venue's state.
/// </summary>
internal sealed class VenueServer : IAsyncDisposable
{
    // Below the usual ephemeral range: a client that keeps connecting to a refused port must not be given that very port
    // as its own source port and so reach itself.
    private const int LowestPort = 20_000;
    private const int PortCount = 12_000;
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new();
    private readonly string _venue;
    private readonly IDialect _dialect;
    private readonly FaultLab _faults;
    private readonly TimeSpan _latency;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _log;
    private WebApplication? _app;

    public VenueServer(string venue, IDialect dialect, FaultLab faults, TimeSpan latency, TimeProvider time, ILoggerFactory log)
    {
        (_venue, _dialect, _faults, _latency, _time, _log) = (venue, dialect, faults, latency, time, log);
        (faults.Targets.Server, faults.Targets.Dialect) = (this, dialect);
    }

    public int Port { get; private set; }

    /// <exception cref="PortInUseException">The port is taken.</exception>
    public async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        if (port != 0)
        {
            await BindAsync(port, cancellationToken).ConfigureAwait(false);
            return;
        }

        var first = (int)((ulong)_time.GetTimestamp() % PortCount);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await BindAsync(LowestPort + ((first + (attempt * 7)) % PortCount), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PortInUseException) when (attempt < 200)
            {
                // Someone else's port: the next candidate.
            }
        }
    }

    public async Task StopListeningAsync()
    {
        if (_app is not { } app)
        {
            return;
        }

        _app = null;
        ResetConnections();
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        try
        {
            await app.StopAsync(now.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Asked for: no grace for open connections.
        }

        ResetConnections();
        await app.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await StopListeningAsync().ConfigureAwait(false);

    private void ResetConnections()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Abort(new ConnectionAbortedException("The simulated venue went away."));
        }
    }

    private async Task BindAsync(int port, CancellationToken cancellationToken)
    {
        var app = Build(port);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsPortTaken(e))
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new PortInUseException(_venue, port, e);
        }

        Port = port;
        _app = app;
    }

    // Two servers that bind the same port in one moment are told apart only when they listen, and then without a wrapper.
    private static bool IsPortTaken(Exception e) =>
        e is IOException { InnerException: AddressInUseException } or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(_log);
        builder.Services.AddSingleton(_faults);
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, Track);
        });

        var app = builder.Build();
        if (_latency > TimeSpan.Zero)
        {
            app.Use(DelayAsync);
        }

        app.UseWebSockets();
        app.Use(new HttpFaults(_faults, _dialect).InvokeAsync);
        _dialect.Map(app);
        return app;
    }

    private void Track(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => async connection =>
        {
            _connections[connection.ConnectionId] = connection;
            _faults.Tally?.Connected();
            try
            {
                if (await ConnectionFaults.AdmitAsync(_faults, connection).ConfigureAwait(false))
                {
                    await next(connection).ConfigureAwait(false);
                }
            }
            finally
            {
                _connections.TryRemove(connection.ConnectionId, out _);
            }
        });
    }

    private async Task DelayAsync(HttpContext context, RequestDelegate next)
    {
        await Task.Delay(_latency, _time, context.RequestAborted).ConfigureAwait(false);
        await next(context).ConfigureAwait(false);
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Workbench.Simulator.Server.Control;

/// <summary>
/// The control port: switches faults of a running simulator over HTTP on 127.0.0.1. It needs no key, because everything it
/// controls is made up; a web page must not reach it all the same, so foreign hosts and any Origin are refused.
/// </summary>
public sealed class ControlServer : IAsyncDisposable
{
    private const int LargestBody = 1 << 18;
    private readonly WebApplication _app;

    private ControlServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    /// <param name="simulator">What it controls; it must outlive the port.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PortInUseException">The port is taken.</exception>
    public static async Task<ControlServer> StartAsync(SimulatorHost simulator, int port, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        var app = Build(simulator, port);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new PortInUseException("control", port, e);
        }

        return new ControlServer(app, new Uri(app.Urls.Single()));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(SimulatorHost simulator, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(new ControlApi(simulator).HandleAsync);
        return app;
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Transport;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Transport;
/// <summary>A transport on a clock of its own, and raw servers that do to it what real ones do.</summary>
public abstract class HttpTransportRig : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _servers = [];

    private protected HttpTransportRig()
    {
        Budget = new VenueBudgets(new MemoryBudgetStore(), Time).For("venue", "key", isRemembered: true);
        Pools = new HttpPools(new VenueNetwork(Time));
        Transport = Create();
    }

    private protected static RateClass Weight { get; } = new(RateScope.Address, "weight");

    private protected static TimeSpan Patience => TimeSpan.FromSeconds(30);

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private protected HttpTransportOptions Options { get; } = new() { MaxResponseBytes = 64 << 10 };

    private protected ConnectionBudget Budget { get; }

    private protected HttpPools Pools { get; }

    private protected HttpTransport Transport { get; }

    public async ValueTask DisposeAsync()
    {
        Transport.Dispose();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private protected static async Task AnswerAll(RawConnection connection)
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await connection.AnswerAsync("{}");
        }
    }

    private protected static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    /// <summary>A transport of its own: another venue, as far as the pools know.</summary>
    private protected HttpTransport Create(HttpPoolOptions? pool = null, HttpPools? pools = null, string venue = "venue") =>
        new((pools ?? Pools).Rent(new HttpPoolKey(venue, PoolRole.Primary), pool ?? HttpPoolOptions.Of(PoolRole.Primary), Budget), Options, Budget, Time, NullLogger.Instance);

    private protected RawServer Serve(Func<RawConnection, Task> script)
    {
        var server = new RawServer(script);
        _servers.Add(server);
        return server;
    }

    private protected Task<HttpReply> SendAsync(Uri address, HttpMethod method, RequestLane lane, HttpTransport? transport = null, int weight = 1, CancellationToken? token = null) =>
        (transport ?? Transport).SendAsync(
            new HttpCall { Method = method, Address = address, Lane = lane, Costs = [new(Weight, weight)] },
            token ?? TestContext.Current.CancellationToken).AsTask();
}

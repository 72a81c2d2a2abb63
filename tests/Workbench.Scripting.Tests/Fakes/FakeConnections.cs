using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Scripting.Tests.Fakes;

internal sealed class FakeConnections : IConnections
{
    private readonly ConcurrentBag<Channel<ConnectionEvent>> _readers = [];

    public bool OnBackup { get; private set; }

    public ConnectionId Active => OnBackup ? FakeWorkbench.Backup : FakeWorkbench.Primary;

    public IReadOnlyList<ConnectionStatus> All => [];

    public RouteStatus Route(Symbol symbol) => new(symbol, "default", Half(), Half());

    public IReadOnlyList<InstrumentGate> InstrumentGates => [];

    public bool AcceptInstrument(ConnectionId connection, Symbol symbol) => false;

    public bool Resume(ConnectionId connection) => false;

    /// <summary>Moves the route and says so only to those who listen already.</summary>
    public void Move(bool toBackup)
    {
        OnBackup = toBackup;
        foreach (var reader in _readers)
        {
            reader.Writer.TryWrite(new ConnectionEvent(default, toBackup ? ConnectionEventKind.Failover : ConnectionEventKind.Failback, Active, $"now at {Active}"));
        }
    }

    public Task<OperatorResult> FailOverAsync(string routeOrSymbol, ConnectionId? to = null, RouteHalf? half = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<OperatorResult> FailBackAsync(string routeOrSymbol, RouteHalf? half = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<OperatorResult> DrainAsync(ConnectionId connection, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<OperatorResult> ProbeAsync(ConnectionId connection, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<OperatorResult> IsolateAsync(ConnectionId connection, string reason, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<OperatorResult> CloseBreakerAsync(ConnectionId connection, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async IAsyncEnumerable<ConnectionEvent> Events([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ConnectionEvent>();
        _readers.Add(channel);
        await foreach (var e in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return e;
        }
    }

    private RouteHalfStatus Half() =>
        new() { Policy = RoutePolicy.PrimarySecondary, Active = Active, Primary = FakeWorkbench.Primary, IsBackup = OnBackup, Why = "a test", Candidates = [] };
}

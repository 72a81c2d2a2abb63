using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;

namespace Workbench.Scripting.Tests.Fakes;

/// <summary>A workbench without wires: one market, a primary and a backup, orders that fill at once, a simulator whose faults move the route.</summary>
internal sealed class FakeWorkbench : IWorkbench
{
    public static readonly Symbol Symbol = Symbol.Parse("BTC/USDT");
    public static readonly ConnectionId Primary = new("binance");
    public static readonly ConnectionId Backup = new("bybit");

    public FakeWorkbench(CancellationToken stop = default, params (string Name, string Value)[] args)
    {
        Stop = stop;
        Args = new FakeArgs(args.ToDictionary(a => a.Name, a => a.Value, StringComparer.OrdinalIgnoreCase));
        Routes = new FakeConnections();
        Book = new FakeOrders(this);
        Tape = new FakeTape();
    }

    public FakeConnections Routes { get; }

    public FakeOrders Book { get; }

    public FakeTape Tape { get; }

    public FakeTimeProvider Time { get; } = new();

    public IMarket Market => new FakeMarket(this);

    public IOrders Orders => Book;

    public IPortfolio Portfolio => Book;

    public IConnections Connections => Routes;

    public IKillSwitch Kill => throw new NotSupportedException();

    public ICache Cache => throw new NotSupportedException();

    public ILogger Log => NullLogger.Instance;

    public TimeProvider Clock => Time;

    public IScriptArgs Args { get; }

    public CancellationToken Stop { get; }

    public ISimulator? Simulator => new FakeSimulator(this);
}

internal sealed class FakeArgs(IReadOnlyDictionary<string, string> values) : IScriptArgs
{
    public T Get<T>(string name, T fallback)
        where T : IParsable<T> => values.TryGetValue(name, out var text) ? T.Parse(text, null) : fallback;

    public T Require<T>(string name, string help)
        where T : IParsable<T> => values.TryGetValue(name, out var text) ? T.Parse(text, null) : throw new FormatException($"--set {name}=... is missing: {help}");
}

using Workbench.Sdk;

namespace Workbench.Scripting.Tests.Fakes;

internal sealed class FakeSimulator(FakeWorkbench workbench) : ISimulator
{
    public IReadOnlyList<string> Faults => ["refuse", "silence"];

    public Task InjectAsync(ConnectionId connection, string fault, CancellationToken cancellationToken)
    {
        connection.ShouldBe(FakeWorkbench.Primary);
        Faults.ShouldContain(fault);
        workbench.Routes.Move(toBackup: true);
        return Task.CompletedTask;
    }

    public IReadOnlyList<FaultDescription> Catalogue => [.. Faults.Select(f => new FaultDescription(f, "N01", "Cuts the primary.", []))];

    public Task InjectAsync(ConnectionId connection, string fault, FaultSettings? settings = null, CancellationToken cancellationToken = default) =>
        InjectAsync(connection, fault, cancellationToken);

    public void Schedule(IReadOnlyList<ScheduledFault> faults) => throw new NotSupportedException();

    public IReadOnlyList<string> FaultTranscript(ConnectionId connection) => [];

    public Task ClearAsync(ConnectionId connection, string? fault = null, CancellationToken cancellationToken = default)
    {
        workbench.Routes.Move(toBackup: false);
        return Task.CompletedTask;
    }

    public Task<ITape> PlayAsync(string path, string dialect = "binance", int speed = 0, CancellationToken cancellationToken = default) => Task.FromResult<ITape>(workbench.Tape);
}

/// <summary>A recording of books and quotes that a test writes.</summary>
internal sealed class FakeTape : ITape
{
    public List<MarketEvent> Events { get; } = [];

    public bool IsDisposed { get; private set; }

    public ConnectionId Connection { get; } = new("tape");

    public IReadOnlyList<Symbol> Symbols => [FakeWorkbench.Symbol];

    public Task Finished => Task.CompletedTask;

    public void AddQuote(long id, decimal bid, decimal ask) =>
        Events.Add(new Quote(FakeWorkbench.Symbol, new Price(bid), new Quantity(1m), new Price(ask), new Quantity(1m), Stamp(id)));

    public void AddBook(long id, decimal bid, decimal ask) =>
        Events.Add(new OrderBook(FakeWorkbench.Symbol, [new PriceLevel(new Price(bid), new Quantity(1m))], [new PriceLevel(new Price(ask), new Quantity(1m))], Stamp(id)));

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private MarketStamp Stamp(long id) => new() { Connection = Connection, Venue = new VenueId("binance"), Session = 1, VenueTime = default, ReceivedAt = default, Sequence = id };
}

using Workbench.Core.Connections.Standby;
using Workbench.Core.Instruments;
using Workbench.Core.MarketData;
using Workbench.Core.Routing;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Tests;

/// <summary>Plain values for tests that need one and do not care which.</summary>
internal static class Some
{
    public static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    public static MarketStamp Stamp(string connection = "binance", int session = 1, long sequence = 1) => new()
    {
        Connection = new ConnectionId(connection),
        Venue = new VenueId(connection),
        Session = session,
        VenueTime = Now,
        ReceivedAt = Now,
        Sequence = sequence,
    };

    public static Quote Quote(string connection, decimal bid, decimal ask, int session = 1, Symbol? symbol = null) =>
        new(symbol ?? "BTC/USDT", new Price(bid), new Quantity(1), new Price(ask), new Quantity(1), Stamp(connection, session));

    /// <summary>No routes, no orders: nothing moves anywhere.</summary>
    public static StandbyView Standby() => new(new TradingDuties([]), new MappingTable(new InstrumentBook()), new MarketBoard(), new Boards());

    public static Instrument Instrument(Symbol? symbol = null) => new()
    {
        Symbol = symbol ?? "BTC/USDT",
        VenueSymbol = (symbol ?? "BTC/USDT").ToString().Replace("/", "", StringComparison.Ordinal),
        TickSize = 0.01m,
        StepSize = 0.00001m,
        MinQuantity = 0.00001m,
        MinNotional = 5m,
    };
}

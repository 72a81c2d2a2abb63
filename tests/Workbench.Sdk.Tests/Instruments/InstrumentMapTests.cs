using System.Text;

namespace Workbench.Sdk.Tests.Instruments;

public sealed class InstrumentMapTests
{
    private readonly InstrumentMap _map = new([Instrument("BTC/USDT", "BTCUSDT"), Instrument("ETH/USDT", "ETHUSDT"), Instrument("币安人生/USDT", "币安人生USDT")]);

    [Fact]
    public void Map_finds_by_symbol_by_name_and_by_bytes()
    {
        _map.TryGet((Symbol)"ETH/USDT", out var bySymbol).ShouldBeTrue();
        _map.TryGet("ETHUSDT", out var byName).ShouldBeTrue();
        _map.TryGet("ETHUSDT"u8, out var byBytes).ShouldBeTrue();
        (byName, byBytes).ShouldBe((bySymbol, bySymbol));
        _map.TryGet(Encoding.UTF8.GetBytes("币安人生USDT"), out var wide).ShouldBeTrue();
        wide!.VenueSymbol.ShouldBe("币安人生USDT");
    }

    [Fact]
    public void Map_finds_the_venues_name_in_any_letter_case()
    {
        _map.TryGet("btcusdt", out _).ShouldBeTrue();
        _map.TryGet("bTcUsDt"u8, out _).ShouldBeTrue();
    }

    [Fact]
    public void Map_does_not_find_what_it_does_not_hold()
    {
        _map.TryGet((Symbol)"BTC/USD", out var instrument).ShouldBeFalse();
        instrument.ShouldBeNull();
        _map.TryGet(default(Symbol), out _).ShouldBeFalse();
        _map.TryGet("BTC/USDT", out _).ShouldBeFalse();
        _map.TryGet("", out _).ShouldBeFalse();
        _map.TryGet(""u8, out _).ShouldBeFalse();
        _map.TryGet(new byte[1000], out _).ShouldBeFalse();
        _map.TryGet([0xff, 0xfe, 0x80], out _).ShouldBeFalse();
        InstrumentMap.Empty.TryGet((Symbol)"BTC/USDT", out _).ShouldBeFalse();
    }

    [Fact]
    public void Map_lists_in_the_venues_order() => _map.All.Select(i => i.VenueSymbol).ShouldBe(["BTCUSDT", "ETHUSDT", "币安人生USDT"]);

    [Fact]
    public void Map_of_two_with_one_name_gives_the_later()
    {
        var map = new InstrumentMap([Instrument("BTC/USDT", "OLD"), Instrument("BTC/USDT", "NEW"), Instrument("BTC/USD", "new")]);
        map.TryGet((Symbol)"BTC/USDT", out var instrument).ShouldBeTrue();
        instrument!.VenueSymbol.ShouldBe("NEW");
        map.TryGet("New", out instrument).ShouldBeTrue();
        instrument!.Symbol.ShouldBe("BTC/USD");
        map.All.Count.ShouldBe(3);
    }

    [Fact]
    public void Map_does_not_change_with_its_source()
    {
        var source = new List<Instrument> { Instrument("BTC/USDT", "BTCUSDT") };
        var map = new InstrumentMap(source);
        source.Clear();
        map.All.ShouldHaveSingleItem();
    }

    [Fact]
    public void Map_finds_by_bytes_without_allocating()
    {
        _map.TryGet("ETHUSDT"u8, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = _map.TryGet("ETHUSDT"u8, out _);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        found.ShouldBeTrue();
    }

    private static Instrument Instrument(Symbol symbol, string venueSymbol) => new() { Symbol = symbol, VenueSymbol = venueSymbol, TickSize = 0.01m, StepSize = 0.001m };
}

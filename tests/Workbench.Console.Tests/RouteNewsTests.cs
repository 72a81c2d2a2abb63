using Workbench.Core.Views;
using Workbench.Sdk;
using Workbench.Tui.Screen;
using Workbench.Tui.Tests.Support;

namespace Workbench.Tui.Tests;

public sealed class RouteNewsTests
{
    private static readonly ConnectionId Binance = Samples.Binance;
    private static readonly ConnectionId Bybit = Samples.Bybit;

    [Fact]
    public void Primary_routes_have_no_banner() => News(Samples.Calm(Samples.Start)).ShouldBe(new RouteNews("on binance", null, false));

    [Fact]
    public void One_market_on_its_backup_is_named()
    {
        var calm = Samples.Calm(Samples.Start);
        var news = News(calm with { Routes = [calm.Routes[0], Samples.Route("ETH/USDT", Bybit, Binance, "connection refused")] });
        news.Banner.ShouldBe("BACKUP  market data from bybit for ETH/USDT: connection refused, since 12:03:41");
        news.Active.ShouldBe("trading binance, data binance+bybit");
        news.IsAlarm.ShouldBeFalse();
    }

    [Fact]
    public void Reason_without_a_time_gets_the_time_of_the_move()
    {
        var over = Samples.FailedOver(Samples.Start);
        News(over with { Routes = [.. over.Routes.Select(r => Samples.Route(r.Symbol, Bybit, Bybit, "connection refused"))] }).Banner
            .ShouldBe("BACKUP  trading on bybit: connection refused, since 12:03:41");
    }

    [Fact]
    public void Market_without_any_source_is_an_alarm()
    {
        var calm = Samples.Calm(Samples.Start);
        var news = News(calm with
        {
            Routes = [Samples.Route("BTC/USDT", null, null, "binance: silent since 12:00:00; bybit: refused")],
        });
        news.Banner.ShouldBe("no connection for market data and trading of BTC/USDT: binance: silent since 12:00:00; bybit: refused");
        news.IsAlarm.ShouldBeTrue();
        news.Active.ShouldBe("no active source");
    }

    [Fact]
    public void Market_of_a_route_that_only_reads_has_lost_nothing()
    {
        var calm = Samples.Calm(Samples.Start);
        var news = News(calm with { Routes = [calm.Routes[0] with { TradingHalf = null }] });
        news.ShouldBe(new RouteNews("data binance", null, false));
    }

    [Fact]
    public void Market_that_can_be_seen_and_not_traded_is_an_alarm()
    {
        var calm = Samples.Calm(Samples.Start);
        var news = News(calm with { Routes = [Samples.Route("BTC/USDT", Binance, null, "binance: its key may not trade")] });
        news.ShouldBe(new RouteNews("data binance", "no connection for trading of BTC/USDT: binance: its key may not trade, since 12:03:41", true));
    }

    private static RouteNews News(EngineSnapshot engine) =>
        RouteNews.Of(new Picture { Engine = engine, Log = ConsoleLog.Empty, Environment = "SIM", Version = "1", StaleAfter = TimeSpan.FromSeconds(3) });
}

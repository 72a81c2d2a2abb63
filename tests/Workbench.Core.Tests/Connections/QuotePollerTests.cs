using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections;

/// <summary>Streams lost, REST alive: prices by request, marked, and no orders.</summary>
[Collection(nameof(EngineTests))]
public sealed class QuotePollerTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ConnectionId Bybit = new("bybit");
    private static readonly VenueError Gone = new(VenueErrorKind.Network, "the stream is gone");

    [Fact]
    public async Task E33_Lost_streams_are_replaced_by_polled_prices_that_say_so_and_no_order_goes()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = new Reader(rig);
        rig.Primary.Polled = (200, 201);
        rig.Secondary.Polled = (300, 301);
        LoseStreams(rig);
        await rig.UntilAsync(() => reader.Last is { Stamp.IsPolled: true }, "a polled quote");
        (reader.Last!.Bid, reader.Last.Stamp.Connection, reader.Last.Stamp.IsBackup).ShouldBe((new Price(200), Binance, false));
        rig.Workbench.Market.LatestQuote(Btc)!.Stamp.IsPolled.ShouldBeTrue();
        rig.Secondary.Polls.ShouldBe(0, "one venue's prices are enough, and two would be mixed");
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)));
        (order.Knowledge, order.Reason!.StartsWith("no_venue", StringComparison.Ordinal)).ShouldBe((OrderKnowledge.NotSent, true));
        rig.Engine.Snapshot().Events.ShouldContain(e => e.Connection == Binance && e.Message.Contains("marked as polled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task E33_Polling_is_paced_at_one_request_a_second_and_slower_while_the_venue_does_not_answer()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = new Reader(rig);
        rig.Primary.Polled = (200, 201);
        LoseStreams(rig);
        await rig.UntilAsync(() => rig.Primary.Polls > 0, "the first poll");
        var (began, polls) = (rig.Now(), rig.Primary.Polls);
        await rig.UntilAsync(() => rig.Now() - began >= TimeSpan.FromSeconds(10), "ten seconds");
        (rig.Primary.Polls - polls).ShouldBeInRange(9, 10);
        rig.Primary.Polled = null;
        (began, polls) = (rig.Now(), rig.Primary.Polls);
        await rig.UntilAsync(() => rig.Now() - began >= TimeSpan.FromSeconds(60), "a minute");
        (rig.Primary.Polls - polls).ShouldBeInRange(5, 8, "1, 2, 4, 8, 16, 16, 16 s");
    }

    [Fact]
    public async Task E33_Backup_is_polled_when_the_primary_does_not_answer()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = new Reader(rig);
        rig.Secondary.Polled = (300, 301);
        LoseStreams(rig);
        await rig.UntilAsync(() => reader.Last is { Stamp.IsPolled: true }, "a polled quote");
        (reader.Last!.Stamp.Connection, reader.Last.Stamp.IsBackup).ShouldBe((Bybit, true));
    }

    [Fact]
    public async Task E33_Nothing_is_polled_while_one_connection_of_the_route_has_a_stream()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = new Reader(rig);
        rig.Primary.Polled = (200, 201);
        rig.Primary.StreamError = Gone;
        rig.Primary.Hang();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Data == Bybit, "the backup");
        var began = rig.Now();
        await rig.UntilAsync(() =>
        {
            rig.Secondary.Quote(100, 101);
            return rig.Now() - began >= TimeSpan.FromSeconds(5);
        }, "five seconds");
        rig.Primary.Polls.ShouldBe(0);
        reader.Last!.Stamp.IsPolled.ShouldBeFalse();
    }

    [Fact]
    public async Task E33_Stream_that_comes_back_ends_the_polling()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = new Reader(rig);
        rig.Primary.Polled = (200, 201);
        LoseStreams(rig);
        await rig.UntilAsync(() => reader.Last is { Stamp.IsPolled: true }, "a polled quote");
        rig.Primary.StreamError = null;
        await rig.UntilAsync(() =>
        {
            rig.Primary.Quote(210, 211);
            return reader.Last is { Stamp.IsPolled: false } last && last.Bid == new Price(210);
        }, "a quote of the stream");
        var polls = rig.Primary.Polls;
        var began = rig.Now();
        await rig.UntilAsync(() =>
        {
            rig.Primary.Quote(210, 211);
            return rig.Now() - began >= TimeSpan.FromSeconds(5);
        }, "five seconds");
        rig.Primary.Polls.ShouldBe(polls);
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Status.ShouldBe(OrderStatus.Filled);
    }

    private static void LoseStreams(EngineRig rig)
    {
        rig.Primary.StreamError = rig.Secondary.StreamError = Gone;
        rig.Primary.Hang();
        rig.Secondary.Hang();
    }

    private sealed class Reader : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _reading;
        private volatile Quote? _last;

        public Reader(EngineRig rig) => _reading = ReadAsync(rig.Workbench.Market.Quotes(Btc, Delivery.EveryEvent, cancellationToken: _stop.Token));

        public Quote? Last => _last;

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task ReadAsync(IMarketStream<Quote> quotes)
        {
            await foreach (var quote in quotes)
            {
                _last = quote;
            }
        }
    }
}

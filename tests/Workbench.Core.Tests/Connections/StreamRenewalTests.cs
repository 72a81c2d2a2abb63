using Workbench.Core.Connections;
using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections;

/// <summary>Streams whose venue ends them after a time, on virtual time.</summary>
[Collection(nameof(EngineTests))]
public sealed class StreamRenewalTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(48);

    [Fact]
    public async Task N20_Stream_is_renewed_before_each_end_of_its_life_and_its_reader_sees_no_gap()
    {
        await using var rig = new EngineRig(configure: s => s with { StreamLifetime = Lifetime });
        await rig.StartAsync();
        var quotes = new List<Quote>();
        using var stop = new CancellationTokenSource();
        var reading = ReadAsync();
        var (began, sequence) = (rig.Now(), 0L);
        await rig.UntilAsync(
            () =>
            {
                // Where two sessions live side by side, both tell the same.
                sequence++;
                for (var copy = 0; copy < 2; copy++)
                {
                    rig.Primary.Publish(stamp => new Quote(Btc, new Price(100 + (sequence % 100)), new Quantity(1), new Price(101 + (sequence % 100)), new Quantity(1), stamp with { Sequence = sequence }));
                }

                rig.Secondary.Quote(100, 101);
                return rig.Now() - began > Lifetime * 3;
            },
            "three lifetimes");
        await stop.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        // Renewed at 22/24 to 23/24 of each life: the fourth session has begun, the fifth has not.
        rig.Primary.Sessions.ShouldBe(4);
        quotes.Select(q => q.Stamp.Session).Distinct().ShouldBe([1, 2, 3, 4]);
        quotes.Zip(quotes.Skip(1), (a, b) => b.Stamp.ReceivedAt - a.Stamp.ReceivedAt).Max()
            .ShouldBeLessThan(new ConnectionSettings { Id = new ConnectionId("any") }.StaleAfter, "the fake's two sessions share what it says, so one of them may be silent for the overlap");
        rig.Engine.Snapshot().Events.ShouldNotContain(e => e.At > began && (e.Kind == ConnectionEventKind.StateChanged || e.Kind == ConnectionEventKind.Failover));

        async Task ReadAsync()
        {
            await foreach (var quote in rig.Workbench.Market.Quotes(Btc, Delivery.EveryEvent, new ConnectionId("binance"), stop.Token))
            {
                quotes.Add(quote);
            }
        }
    }
}

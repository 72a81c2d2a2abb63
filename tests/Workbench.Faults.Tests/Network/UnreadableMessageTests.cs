using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Network;

public sealed class UnreadableMessageTests
{
    [Theory]
    [InlineData("binance", "bad-json")]
    [InlineData("binance", "invalid-utf8")]
    [InlineData("binance", "binary")]
    [InlineData("binance", "empty")]
    [InlineData("binance", "huge")]
    [InlineData("bybit", "bad-json")]
    [InlineData("bybit", "invalid-utf8")]
    public async Task N16_Unreadable_messages_end_neither_the_feed_nor_trading(string venue, string form)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "garbage-frames", new FaultSettings { Count = 20, Options = new Dictionary<string, string> { ["form"] = form } });
        await rig.UntilAsync(() => rig.Venues[connection].Strikes("garbage-frames") == 20, "all twenty were sent");

        await rig.UntilReadyAsync();
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        var seen = rig.Quotes.Count;
        await rig.UntilAsync(() => rig.Quotes.Since(seen).Any(q => q.Stamp.Connection == FaultRig.Binance), "quotes come from the primary");
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task N16_Stream_of_nothing_but_garbage_is_left_for_the_backup_and_taken_up_again()
    {
        await using var rig = await FaultRig.StartAsync();
        await rig.InjectAsync(FaultRig.Binance, "garbage-frames");
        await rig.UntilRoutedToAsync(FaultRig.Bybit);
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);
        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }
}

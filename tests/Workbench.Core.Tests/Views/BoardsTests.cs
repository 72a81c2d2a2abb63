using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Views;

public sealed class BoardsTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly Symbol Btc = "BTC/USDT";

    private readonly Boards _boards = new();

    [Fact]
    public void Orders_stay_in_the_order_in_which_they_came_and_show_their_newest_state()
    {
        _boards.Set(Order("a"));
        _boards.Set(Order("b"));
        _boards.Set(Order("a") with { Status = OrderStatus.Filled });
        _boards.Orders.Select(o => (o.Id.Value, o.Status)).ShouldBe([("a", OrderStatus.Filled), ("b", null)]);
        _boards.Order(new ClientOrderId("a"))!.Status.ShouldBe(OrderStatus.Filled);
        _boards.Order(new ClientOrderId("c")).ShouldBeNull();
    }

    [Fact]
    public async Task Order_change_is_on_the_board_and_in_the_handle_before_it_is_told()
    {
        var handle = new OrderHandle(Order("a"), _ => true);
        _boards.Follow(handle);
        var changes = _boards.OrderChanges.Subscribe(TestContext.Current.CancellationToken);
        _boards.Set(Order("a") with { Knowledge = OrderKnowledge.Known, Status = OrderStatus.New });
        await foreach (var change in changes)
        {
            (_boards.Order(change.Id), handle.State).ShouldBe((change, change));
            break;
        }
    }

    [Fact]
    public void Balances_are_replaced_by_asset()
    {
        _boards.Set(Binance, [Balance("BTC", 1), Balance("USDT", 100)]);
        _boards.Set(Binance, [Balance("BTC", 2)]);
        _boards.Balances(Binance).OrderBy(b => b.Asset.Code).ShouldBe([Balance("BTC", 2), Balance("USDT", 100)]);
        _boards.Balances(new ConnectionId("bybit")).ShouldBeEmpty();
    }

    [Fact]
    public void Positions_are_kept_by_market_and_connection()
    {
        _boards.Set(new Position { Symbol = Btc, Connection = Binance, Net = new NetQuantity(1) });
        _boards.Set(new Position { Symbol = Btc, Net = new NetQuantity(3) });
        _boards.Set(new Position { Symbol = Btc, Connection = Binance, Net = new NetQuantity(2) });
        (_boards.Position(Binance, Btc)!.Net, _boards.Position(null, Btc)!.Net, _boards.Position(null, "ETH/USDT")).ShouldBe((new NetQuantity(2), new NetQuantity(3), null));
        _boards.Positions.Select(p => p.Connection).ShouldBe([null, Binance]);
    }

    [Fact]
    public void Events_are_kept_to_the_newest_hundred()
    {
        for (var i = 0; i < 150; i++)
        {
            _boards.Add(new ConnectionEvent(Some.Now, ConnectionEventKind.StateChanged, Binance, $"{i}"));
        }

        (_boards.RecentEvents.Count, _boards.RecentEvents[0].Message, _boards.RecentEvents[^1].Message).ShouldBe((100, "50", "149"));
    }

    [Fact]
    public void Connection_that_was_removed_is_gone()
    {
        _boards.Set(new ConnectionStatus { Id = Binance, State = ConnectionState.Connected, Reason = "ok", Since = Some.Now, IsSimulated = false });
        _boards.Connections.ShouldHaveSingleItem();
        _boards.Remove(Binance);
        (_boards.Connections.Count, _boards.Connection(Binance)).ShouldBe((0, null));
    }

    [Fact]
    public void Instruments_of_a_connection_that_has_not_read_them_are_none() => _boards.Instruments(Binance).All.ShouldBeEmpty();

    [Theory]
    [InlineData(OrderKnowledge.NotSent, false, false, false)]
    [InlineData(OrderKnowledge.InFlight, false, false, false)]
    [InlineData(OrderKnowledge.Known, false, true, false)]
    [InlineData(OrderKnowledge.Unknown, false, true, false)]
    [InlineData(OrderKnowledge.NotSent, true, true, true)]
    [InlineData(OrderKnowledge.Known, true, true, true)]
    public void Handle_tells_when_it_was_answered_and_when_it_is_done(OrderKnowledge knowledge, bool isDone, bool answered, bool done)
    {
        var handle = new OrderHandle(Order("a"), _ => true);
        (handle.Answered.IsCompleted, handle.Done.IsCompleted).ShouldBe((false, false));
        handle.Update(Order("a") with { Knowledge = knowledge, IsDone = isDone });
        (handle.Answered.IsCompletedSuccessfully, handle.Done.IsCompletedSuccessfully).ShouldBe((answered, done));
    }

    [Fact]
    public async Task Handle_keeps_the_first_answer_and_shows_the_newest_state()
    {
        var handle = new OrderHandle(Order("a"), _ => true);
        handle.Update(Order("a") with { Knowledge = OrderKnowledge.Unknown, Version = 1 });
        handle.Update(Order("a") with { Knowledge = OrderKnowledge.Known, Version = 2, IsDone = true });
        ((await handle.Answered).Version, (await handle.Done).Version, handle.State.Version).ShouldBe((1, 2, 2));
    }

    [Fact]
    public void Handle_cancels_its_own_order()
    {
        var asked = new List<ClientOrderId>();
        new OrderHandle(Order("a"), id =>
        {
            asked.Add(id);
            return false;
        }).Cancel().ShouldBeFalse();
        asked.ShouldBe([new ClientOrderId("a")]);
    }

    private static Order Order(string id) => new()
    {
        Id = new ClientOrderId(id), Request = OrderRequest.Market(Btc, Side.Buy, new Quantity(1)), Knowledge = OrderKnowledge.NotSent, CreatedAt = Some.Now, UpdatedAt = Some.Now,
    };

    private static Balance Balance(string asset, decimal free) => new(new Asset(asset), new Amount(free), Amount.Zero);
}

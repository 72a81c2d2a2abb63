using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Matching.Reference;

/// <summary>The engine's events in the words of <see cref="NaiveMarket"/>, and the book as its level changes tell it.</summary>
internal sealed class EngineLog : IEngineListener
{
    public List<string> Lines { get; } = [];
    public Dictionary<(Side Side, decimal Price), decimal> Levels { get; } = [];
    public List<Account> Balances { get; } = [];
    public long LastUpdateId { get; private set; }
    public int Steps { get; private set; }

    public void OnOrder(in OrderEvent e)
    {
        var o = e.Order;
        var fill = e.Trade is { } t ? $" {t.Quantity:0.####} at {t.Price:0.####} fee {t.Fee:0.########} {t.FeeAsset}" : "";
        Lines.Add($"{e.Kind} #{o.Id} {o.Status} {o.CloseReason} {o.Quantity:0.##########} done {o.Executed:0.##########} prevented {o.Prevented:0.##########}{fill}");
    }

    public void OnOrderList(in OrderListEvent e) => Lines.Add($"list {e.List.Id} {e.Kind}");

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
        if (book.Symbol == "AB")
        {
            Lines.Add($"public {trade.Id} {trade.Price:0.####} {trade.Quantity:0.####} {trade.TakerSide} #{trade.TakerOrderId}");
        }
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
        change.UpdateId.ShouldBe(++LastUpdateId);
        Levels[(change.Side, change.Price)] = change.Quantity;
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
        Balances.ShouldNotContain(account, "one set of balances for an account in a step");
        Balances.Add(account);
    }

    public void OnTop(OrderBook book, long timeMicros) =>
        (book.Top.BidQuantity, book.Top.AskQuantity).ShouldBe((book.Bids.Best?.Quantity ?? 0, book.Asks.Best?.Quantity ?? 0));

    public void OnStepEnd()
    {
        Steps++;
        Balances.Clear();
    }
}

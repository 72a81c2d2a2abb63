using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Flow;

internal sealed class RecordingListener : IEngineListener
{
    public List<string> Lines { get; } = [];
    public Dictionary<string, int> Tops { get; } = [];
    public Dictionary<string, int> Trades { get; } = [];
    public List<PublicTrade> Printed { get; } = [];

    public void OnOrder(in OrderEvent e) => Lines.Add($"{e.Kind} {e.Order.Id} {e.ExecutionId} {e.TimeMicros}");

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
        Lines.Add(trade.ToString());
        Printed.Add(trade);
        Trades[book.Symbol] = Trades.GetValueOrDefault(book.Symbol) + 1;
    }

    public void OnLevel(OrderBook book, in LevelChange change) => Lines.Add($"{book.Symbol} {change}");

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros) => Lines.Add($"{account.Id} {timeMicros}");

    public void OnTop(OrderBook book, long timeMicros) => Tops[book.Symbol] = Tops.GetValueOrDefault(book.Symbol) + 1;

    public void OnStepEnd()
    {
    }
}

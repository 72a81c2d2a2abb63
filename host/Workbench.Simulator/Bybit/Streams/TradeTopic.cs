using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary><c>publicTrade</c>: the trades of one engine step in one message, oldest first, at most 1024.</summary>
internal sealed class TradeTopic(string name, Market market) : PublicTopic(name, market)
{
    private const int MaxPerMessage = 1024;
    private readonly List<TradeMark> _step = [];

    public override void OnTrade(in PublicTrade trade, long sequence) => _step.Add(new TradeMark(trade, sequence));

    public override void OnStepEnd()
    {
        foreach (var chunk in _step.Chunk(MaxPerMessage))
        {
            Publish(Message(chunk));
        }

        _step.Clear();
    }

    protected override byte[]? FirstMessage(long nowMicros) => null;

    private byte[] Message(TradeMark[] trades) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteNumber("ts", trades[^1].Trade.TimeMicros / 1000);
        writer.WriteString("type", "snapshot");
        writer.WriteList("data", trades, static (w, mark) =>
        {
            var trade = mark.Trade;
            w.WriteStartObject();
            w.WriteString("i", BybitIds.Execution(trade.Id, isMaker: false));
            w.WriteNumber("T", trade.TimeMicros / 1000);
            w.WriteAmount("p", trade.Price);
            w.WriteAmount("v", trade.Quantity);
            w.WriteString("S", OrderText.Side(trade.TakerSide));
            w.WriteNumber("seq", mark.Sequence);
            w.WriteString("s", trade.Symbol);
            w.WriteBoolean("BT", false);
            w.WriteBoolean("RPI", false);
            w.WriteEndObject();
        });
    });
}

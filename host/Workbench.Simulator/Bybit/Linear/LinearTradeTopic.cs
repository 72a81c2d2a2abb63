using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary><c>publicTrade</c> on contracts: as on spot, with the tick direction.</summary>
internal sealed class LinearTradeTopic(string name, Market market) : PublicTopic(name, market)
{
    private const int MaxPerMessage = 1024;
    private readonly List<(TradeMark Mark, string Direction)> _step = [];

    public override void OnTrade(in PublicTrade trade, long sequence) =>
        _step.Add((new TradeMark(trade, sequence), TickDirection.Of(Market.Trades)));

    public override void OnStepEnd()
    {
        foreach (var chunk in _step.Chunk(MaxPerMessage))
        {
            Publish(Message(chunk));
        }

        _step.Clear();
    }

    protected override byte[]? FirstMessage(long nowMicros) => null;

    private byte[] Message((TradeMark Mark, string Direction)[] trades) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteString("type", "snapshot");
        writer.WriteNumber("ts", trades[^1].Mark.Trade.TimeMicros / 1000);
        writer.WriteList("data", trades, static (w, item) => Write(w, item.Mark, item.Direction));
    });

    private static void Write(Utf8JsonWriter writer, TradeMark mark, string direction)
    {
        var trade = mark.Trade;
        writer.WriteStartObject();
        writer.WriteNumber("T", trade.TimeMicros / 1000);
        writer.WriteString("s", trade.Symbol);
        writer.WriteString("S", OrderText.Side(trade.TakerSide));
        writer.WriteAmount("v", trade.Quantity);
        writer.WriteAmount("p", trade.Price);
        writer.WriteString("L", direction);
        writer.WriteString("i", LinearIds.Execution(trade.Symbol, trade.Id, isMaker: false));
        writer.WriteBoolean("BT", false);
        writer.WriteBoolean("RPI", false);
        writer.WriteNumber("seq", mark.Sequence);
        writer.WriteEndObject();
    }
}

using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary><c>allLiquidation</c>: what was liquidated in the last 500 ms; the side is that of the position.</summary>
internal sealed class LiquidationTopic(string name, LinearVenue linear, PerpetualPrices prices) : PublicTopic(name, prices.Market)
{
    private const long PeriodMicros = 500_000;
    private readonly LinearVenue _linear = linear;
    private long _told = linear.Liquidations.Count;
    private long _dueMicros;

    public override void OnTick(long nowMicros)
    {
        if (Due.IsAhead(_dueMicros, nowMicros, PeriodMicros) || _told == _linear.Liquidations.Count)
        {
            return;
        }

        _dueMicros = nowMicros + PeriodMicros;
        var news = _linear.Liquidations.Skip((int)_told).Where(l => l.Symbol == Market.Symbol).ToList();
        _told = _linear.Liquidations.Count;
        if (news.Count > 0)
        {
            Publish(Message(news, nowMicros));
        }
    }

    protected override byte[]? FirstMessage(long nowMicros) => null;

    private byte[] Message(List<LinearExecution> liquidations, long nowMicros) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteString("type", "snapshot");
        writer.WriteNumber("ts", nowMicros / 1000);
        writer.WriteList("data", liquidations, static (w, row) =>
        {
            w.WriteStartObject();
            w.WriteNumber("T", row.TimeMicros / 1000);
            w.WriteString("s", row.Symbol);
            w.WriteString("S", OrderText.Side(row.Side.Opposite()));
            w.WriteAmount("v", row.Quantity);
            w.WriteAmount("p", row.Price);
            w.WriteEndObject();
        });
    });
}

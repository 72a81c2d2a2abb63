using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary><c>priceLimit</c>: highest price of a buy and lowest of a sell, whenever they moved, at most once a second.</summary>
internal sealed class PriceLimitTopic(string name, Market market) : PublicTopic(name, market)
{
    private const long PeriodMicros = 1_000_000;
    private (decimal MaxBuy, decimal MinSell) _sent;
    private long _dueMicros;

    public override void OnTick(long nowMicros)
    {
        if (Due.IsAhead(_dueMicros, nowMicros, PeriodMicros) || BybitListing.PriceLimits(Market) == _sent)
        {
            return;
        }

        _dueMicros = nowMicros + PeriodMicros;
        Publish(FirstMessage(nowMicros));
    }

    protected override byte[] FirstMessage(long nowMicros)
    {
        _sent = BybitListing.PriceLimits(Market);
        return BybitJson.Object(writer =>
        {
            writer.WriteString("topic", Name);
            writer.WriteStartObject("data");
            writer.WriteString("symbol", Market.Symbol);
            writer.WriteAmount("buyLmt", _sent.MaxBuy);
            writer.WriteAmount("sellLmt", _sent.MinSell);
            writer.WriteEndObject();
            writer.WriteNumber("ts", nowMicros / 1000);
        });
    }
}

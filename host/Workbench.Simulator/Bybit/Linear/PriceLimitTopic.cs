using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary><c>priceLimit</c>: the bounds of buys and sells whenever they have moved, at most ten times a second.</summary>
internal sealed class PriceLimitTopic : PublicTopic
{
    private const long PeriodMicros = 100_000;
    private readonly PerpetualPrices _prices;
    private (decimal MaxBuy, decimal MinSell) _published;
    private long _dueMicros;

    public PriceLimitTopic(string name, PerpetualPrices prices)
        : base(name, prices.Market)
    {
        _prices = prices;
        _published = prices.Limits();
    }

    public override void OnTick(long nowMicros)
    {
        if (Due.IsAhead(_dueMicros, nowMicros, PeriodMicros))
        {
            return;
        }

        _dueMicros = nowMicros + PeriodMicros;
        var limits = _prices.Limits();
        if (limits != _published)
        {
            _published = limits;
            Publish(FirstMessage(nowMicros));
        }
    }

    protected override byte[] FirstMessage(long nowMicros) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteNumber("ts", nowMicros / 1000);
        writer.WriteStartObject("data");
        writer.WriteString("symbol", Market.Symbol);
        writer.WriteAmount("buyLmt", _published.MaxBuy);
        writer.WriteAmount("sellLmt", _published.MinSell);
        writer.WriteEndObject();
    });
}

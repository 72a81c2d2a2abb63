using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary><c>tickers</c> on contracts: a snapshot for each new subscriber, then every 100 ms the members that changed.</summary>
internal sealed class LinearTickerTopic : PublicTopic
{
    private const long PeriodMicros = 100_000;
    private readonly LinearVenue _linear;
    private readonly PerpetualPrices _prices;
    private List<(string Name, string Text)> _published;
    private long _dueMicros;

    public LinearTickerTopic(string name, LinearVenue linear, PerpetualPrices prices, long nowMicros)
        : base(name, prices.Market)
    {
        (_linear, _prices) = (linear, prices);
        _published = LinearTicker.Of(linear, prices, nowMicros / 1000);
    }

    public override void OnTick(long nowMicros)
    {
        if (Due.IsAhead(_dueMicros, nowMicros, PeriodMicros))
        {
            return;
        }

        _dueMicros = nowMicros + PeriodMicros;
        var now = LinearTicker.Of(_linear, _prices, nowMicros / 1000);
        var changed = now.Where((member, i) => member.Text != _published[i].Text).ToList();
        _published = now;
        if (changed.Count > 0)
        {
            Publish(Message("delta", [now[0], .. changed], nowMicros));
        }
    }

    // What the others have been told, so that the next delta fits the newcomer too.
    protected override byte[] FirstMessage(long nowMicros) => Message("snapshot", _published, nowMicros);

    private byte[] Message(string type, List<(string Name, string Text)> members, long nowMicros) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteString("type", type);
        writer.WriteStartObject("data");
        foreach (var (name, text) in members)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
        writer.WriteNumber("cs", Market.Book.UpdateId);
        writer.WriteNumber("ts", nowMicros / 1000);
    });
}

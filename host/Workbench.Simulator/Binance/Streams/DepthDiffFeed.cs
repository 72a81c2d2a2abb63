using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>
/// depthUpdate events of one symbol: the level changes of each period as absolute quantities, with the first and last update
/// id. U is always the previous u + 1 because every id since the feed began falls into exactly one event.
/// </summary>
internal sealed class DepthDiffFeed(StreamChannel channel, OrderBook book, long periodMicros) : IStreamFeed
{
    private readonly Dictionary<decimal, decimal> _bids = [];
    private readonly Dictionary<decimal, decimal> _asks = [];
    private long _firstId = book.UpdateId + 1;
    private long _dueMicros;

    public StreamChannel Channel => channel;

    public void OnLevel(in LevelChange change) =>
        (change.Side == Side.Buy ? _bids : _asks)[change.Price] = change.Quantity;

    public void OnTick(long nowMicros)
    {
        if (Due.IsAhead(_dueMicros, nowMicros, periodMicros))
        {
            return;
        }

        _dueMicros = nowMicros - (nowMicros % periodMicros) + periodMicros;
        if (book.UpdateId < _firstId)
        {
            return;
        }

        channel.Publish(JsonText.Render((Feed: this, Now: nowMicros), static (json, s) => s.Feed.Write(json, s.Now)));
        _firstId = book.UpdateId + 1;
        _bids.Clear();
        _asks.Clear();
    }

    private void Write(Utf8JsonWriter json, long nowMicros)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "depthUpdate"u8);
        json.WriteNumber("E"u8, channel.Time(nowMicros));
        json.WriteString("s"u8, book.Symbol);
        json.WriteNumber("U"u8, _firstId);
        json.WriteNumber("u"u8, book.UpdateId);
        Levels(json, "b", _bids);
        Levels(json, "a", _asks);
        json.WriteEndObject();
    }

    private static void Levels(Utf8JsonWriter json, string name, Dictionary<decimal, decimal> levels)
    {
        json.WriteStartArray(name);
        foreach (var (price, quantity) in levels)
        {
            json.WriteStartArray();
            json.Fixed8(price);
            json.Fixed8(quantity);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}

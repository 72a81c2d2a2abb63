using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tapes;

/// <summary>One recorded Bybit book topic as it stands in the playback: who subscribes in the middle of the tape gets it as a snapshot that the next recorded change fits.</summary>
internal sealed class RecordedBook(string topic)
{
    private readonly SortedDictionary<decimal, (string Price, string Quantity)> _bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<decimal, (string Price, string Quantity)> _asks = [];
    private long _updateId;
    private long _millis;
    private string _symbol = "";

    public bool IsReady { get; private set; }

    public long Sequence { get; private set; }

    public RecordedTop Top => new(Sequence, Best(_bids).Price, Best(_bids).Quantity, Best(_asks).Price, Best(_asks).Quantity);

    public Dictionary<decimal, decimal> Levels(Side side) => (side == Side.Buy ? _bids : _asks).ToDictionary(l => l.Key, l => Number(l.Value.Quantity));

    /// <summary>Takes a recorded message; a change before the first snapshot says nothing.</summary>
    /// <returns>Whether it was a whole book.</returns>
    public bool Apply(JsonElement message)
    {
        var data = message.GetProperty("data");
        var isSnapshot = message.GetProperty("type").GetString() == "snapshot";
        if (!isSnapshot && !IsReady)
        {
            return false;
        }

        if (isSnapshot)
        {
            _bids.Clear();
            _asks.Clear();
        }

        IsReady = true;
        Put(_bids, data.GetProperty("b"));
        Put(_asks, data.GetProperty("a"));
        _symbol = data.GetProperty("s").GetString()!;
        _updateId = data.GetProperty("u").GetInt64();
        Sequence = data.TryGetProperty("seq", out var sequence) ? sequence.GetInt64() : _updateId;
        _millis = message.TryGetProperty("ts", out var time) ? time.GetInt64() : 0;
        return isSnapshot;
    }

    public byte[] Snapshot() => JsonText.Render(this, static (json, book) =>
    {
        json.WriteStartObject();
        json.WriteString("topic", book.TopicName);
        json.WriteNumber("ts", book._millis);
        json.WriteString("type", "snapshot");
        json.WriteStartObject("data");
        json.WriteString("s", book._symbol);
        Write(json, "b", book._bids);
        Write(json, "a", book._asks);
        json.WriteNumber("u", book._updateId);
        json.WriteNumber("seq", book.Sequence);
        json.WriteEndObject();
        json.WriteNumber("cts", book._millis);
        json.WriteEndObject();
    }).ToArray();

    private string TopicName => topic;

    private static void Put(SortedDictionary<decimal, (string Price, string Quantity)> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var (price, quantity) = (level[0].GetString()!, level[1].GetString()!);
            if (Number(quantity) == 0)
            {
                side.Remove(Number(price));
            }
            else
            {
                side[Number(price)] = (price, quantity);
            }
        }
    }

    private static void Write(Utf8JsonWriter json, string name, SortedDictionary<decimal, (string Price, string Quantity)> side)
    {
        json.WriteStartArray(name);
        foreach (var (price, quantity) in side.Values)
        {
            json.WriteStartArray();
            json.WriteStringValue(price);
            json.WriteStringValue(quantity);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static (decimal Price, decimal Quantity) Best(SortedDictionary<decimal, (string Price, string Quantity)> side)
    {
        foreach (var (price, level) in side)
        {
            return (price, Number(level.Quantity));
        }

        return default;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}

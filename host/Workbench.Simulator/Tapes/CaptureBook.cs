using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tapes;

/// <summary>
/// One symbol's book along a capture: the recorded snapshot with the differences played since. It answers depth requests
/// so that a client following the venue's procedure can always join, wherever the playback is. A recording without any
/// snapshot starts from an empty book whose lastUpdateId is the first U - 1: incomplete, but consistent.
/// </summary>
internal sealed class CaptureBook(string symbol)
{
    private const int Kept = 256;
    private readonly SortedDictionary<decimal, (string Price, string Quantity)> _bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<decimal, (string Price, string Quantity)> _asks = [];
    private readonly Queue<CaptureEvent> _recent = new();
    private byte[]? _recorded;
    private int _recordedLevels;
    private long _recordedId;
    private long _firstSinceJoin = -1;

    public string Symbol => symbol;

    /// <summary>Whether a depth request can be answered from what was played.</summary>
    public bool IsReady { get; private set; }

    public long LastId { get; private set; }

    /// <summary>Prices and quantities of a side.</summary>
    public Dictionary<decimal, decimal> Levels(Matching.Side side) => (side == Matching.Side.Buy ? _bids : _asks)
        .ToDictionary(l => l.Key, l => decimal.Parse(l.Value.Quantity, CultureInfo.InvariantCulture));

    /// <summary>A client subscribed to the differences: only snapshots not older than what it hears next will do for it.</summary>
    public void Join() => _firstSinceJoin = -1;

    public void StartEmpty(long firstId)
    {
        IsReady = true;
        LastId = firstId - 1;
    }

    public void Apply(CaptureEvent diff)
    {
        using var document = JsonDocument.Parse(diff.Data);
        var root = document.RootElement;
        if (_firstSinceJoin < 0)
        {
            _firstSinceJoin = root.GetProperty("U").GetInt64();
        }

        Apply(root);
        _recent.Enqueue(diff);
        if (_recent.Count > Kept)
        {
            _recent.Dequeue();
        }
    }

    /// <summary>Takes a recorded snapshot, then repeats the differences that are newer than it.</summary>
    public void Restore(byte[] snapshot)
    {
        using var document = JsonDocument.Parse(snapshot);
        var root = document.RootElement;
        _recorded = snapshot;
        _recordedId = root.GetProperty("lastUpdateId").GetInt64();
        _recordedLevels = Math.Max(root.GetProperty("bids").GetArrayLength(), root.GetProperty("asks").GetArrayLength());
        _bids.Clear();
        _asks.Clear();
        Put(_bids, root.GetProperty("bids"));
        Put(_asks, root.GetProperty("asks"));
        LastId = _recordedId;
        IsReady = true;
        foreach (var diff in _recent)
        {
            using var later = JsonDocument.Parse(diff.Data);
            if (later.RootElement.GetProperty("u").GetInt64() > LastId)
            {
                Apply(later.RootElement);
            }
        }
    }

    /// <summary>The recorded snapshot itself while it still serves everyone who listens, else the book as it stands.</summary>
    public byte[] Answer(int limit)
    {
        var stillFits = _firstSinceJoin < 0 ? _recordedId == LastId : _recordedId + 1 >= _firstSinceJoin;
        if (_recorded is not null && stillFits && limit >= _recordedLevels)
        {
            return _recorded;
        }

        return JsonText.Render((Book: this, limit), static (json, s) =>
        {
            json.WriteStartObject();
            json.WriteNumber("lastUpdateId", s.Book.LastId);
            Write(json, "bids", s.Book._bids, s.limit);
            Write(json, "asks", s.Book._asks, s.limit);
            json.WriteEndObject();
        });
    }

    private void Apply(JsonElement diff)
    {
        Put(_bids, diff.GetProperty("b"));
        Put(_asks, diff.GetProperty("a"));
        LastId = Math.Max(LastId, diff.GetProperty("u").GetInt64());
    }

    private static void Put(SortedDictionary<decimal, (string Price, string Quantity)> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var text = level[0].GetString()!;
            var price = decimal.Parse(text, CultureInfo.InvariantCulture);
            var quantity = level[1].GetString()!;
            if (decimal.Parse(quantity, CultureInfo.InvariantCulture) == 0)
            {
                side.Remove(price);
            }
            else
            {
                side[price] = (text, quantity);
            }
        }
    }

    private static void Write(Utf8JsonWriter json, string name, SortedDictionary<decimal, (string Price, string Quantity)> side, int limit)
    {
        json.WriteStartArray(name);
        foreach (var (price, quantity) in side.Values.Take(limit))
        {
            json.WriteStartArray();
            json.WriteStringValue(price);
            json.WriteStringValue(quantity);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}

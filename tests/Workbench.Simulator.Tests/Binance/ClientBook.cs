using System.Globalization;
using System.Text.Json;

namespace Workbench.Simulator.Tests.Binance;

/// <summary>A book kept by the procedure of the protocol notes, section 13.</summary>
internal sealed class ClientBook
{
    private readonly SortedDictionary<decimal, decimal> _bids = [];
    private readonly SortedDictionary<decimal, decimal> _asks = [];
    private readonly List<JsonElement> _buffer = [];
    private bool _started;

    public long LastId { get; private set; }
    public bool IsStarted => _started;

    public (decimal Bid, decimal BidQuantity, decimal Ask, decimal AskQuantity)? Top
    {
        get
        {
            if (_bids.Count == 0 || _asks.Count == 0)
            {
                return null;
            }

            var bid = _bids.Last();
            var ask = _asks.First();
            return (bid.Key, bid.Value, ask.Key, ask.Value);
        }
    }

    public void Buffer(JsonElement diff) => _buffer.Add(diff);

    public void Start(JsonElement snapshot, Action? afterEach = null)
    {
        LastId = snapshot.GetProperty("lastUpdateId").GetInt64();
        if (_buffer.Count > 0)
        {
            LastId.ShouldBeGreaterThanOrEqualTo(_buffer[0].GetProperty("U").GetInt64() - 1, "the snapshot is older than the stream");
        }

        Put(_bids, snapshot.GetProperty("bids"));
        Put(_asks, snapshot.GetProperty("asks"));
        _started = true;
        foreach (var diff in _buffer)
        {
            Apply(diff);
            afterEach?.Invoke();
        }
    }

    public void Apply(JsonElement diff)
    {
        var first = diff.GetProperty("U").GetInt64();
        var last = diff.GetProperty("u").GetInt64();
        if (last <= LastId)
        {
            return;
        }

        first.ShouldBeLessThanOrEqualTo(LastId + 1, "gap");
        Put(_bids, diff.GetProperty("b"));
        Put(_asks, diff.GetProperty("a"));
        LastId = last;
    }

    public void ShouldEqual(JsonElement snapshot)
    {
        var bids = new SortedDictionary<decimal, decimal>();
        var asks = new SortedDictionary<decimal, decimal>();
        Put(bids, snapshot.GetProperty("bids"));
        Put(asks, snapshot.GetProperty("asks"));
        _bids.ShouldBe(bids);
        _asks.ShouldBe(asks);
    }

    private static void Put(SortedDictionary<decimal, decimal> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);
            var quantity = decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture);
            if (quantity == 0)
            {
                side.Remove(price);
            }
            else
            {
                side[price] = quantity;
            }
        }
    }
}

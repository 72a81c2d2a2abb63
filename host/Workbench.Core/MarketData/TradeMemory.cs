using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>The newest trade ids of one market, to tell repeats. Bounded; grows only as trades come.</summary>
/// <remarks>Kept as 64-bit hashes: two different ids among a thousand collide once in 10^16 trades.</remarks>
internal sealed class TradeMemory
{
    private const int Most = 1024;
    private const ulong FnvOffset = 14_695_981_039_346_656_037;
    private const ulong FnvPrime = 1_099_511_628_211;

    private readonly List<ulong> _hashes = [];
    private int _oldest;

    /// <summary>Takes an id.</summary>
    /// <returns>False when it was there already.</returns>
    public bool Add(TradeId id)
    {
        var hash = Hash(id.Value);
        if (_hashes.Contains(hash))
        {
            return false;
        }

        if (_hashes.Count < Most)
        {
            _hashes.Add(hash);
        }
        else
        {
            _hashes[_oldest] = hash;
            _oldest = (_oldest + 1) % Most;
        }

        return true;
    }

    private static ulong Hash(string text)
    {
        unchecked
        {
            var hash = FnvOffset;
            foreach (var c in text)
            {
                hash = (hash ^ c) * FnvPrime;
            }

            return hash;
        }
    }
}

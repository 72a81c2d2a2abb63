using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Market;

/// <summary>Reads one side of a book into memory that is used again for the next message; what leaves is an array of the exact size.</summary>
internal sealed class LevelBuffer
{
    private PriceLevel[] _levels = new PriceLevel[128];
    private int _count;

    /// <summary>Whether a side was read since the last <see cref="Clear"/>.</summary>
    public bool IsRead { get; private set; }

    public void Clear()
    {
        _count = 0;
        IsRead = false;
    }

    public PriceLevel[] ToArray() => _count == 0 ? [] : _levels.AsSpan(0, _count).ToArray();

    /// <summary>Reads <c>[["61837.63","0.5"], …]</c>; further members of a level, which old recordings have, are skipped.</summary>
    public bool TryRead(ref Utf8Scanner scanner)
    {
        Clear();
        IsRead = true;
        if (!scanner.TryTake((byte)'['))
        {
            return false;
        }

        if (scanner.TryTake((byte)']'))
        {
            return true;
        }

        do
        {
            if (!TryLevel(ref scanner))
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));
        return scanner.TryTake((byte)']');
    }

    private bool TryLevel(ref Utf8Scanner scanner)
    {
        if (!scanner.TryTake((byte)'[')
            || !scanner.TryScalar(out var priceText) || !VenueNumbers.TryPrice(priceText, out var price)
            || !scanner.TryTake((byte)',')
            || !scanner.TryScalar(out var quantityText) || !VenueNumbers.TryQuantity(quantityText, out var quantity))
        {
            return false;
        }

        while (scanner.TryTake((byte)','))
        {
            if (!scanner.TrySkip())
            {
                return false;
            }
        }

        if (_count == _levels.Length)
        {
            Array.Resize(ref _levels, _count * 2);
        }

        _levels[_count++] = new PriceLevel(price, quantity);
        return scanner.TryTake((byte)']');
    }
}

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Workbench.Sdk;

/// <summary>A venue's instruments, found by canonical symbol or by the venue's own name. Immutable and safe on any thread; a refresh builds a new map.</summary>
public sealed class InstrumentMap
{
    private readonly FrozenDictionary<Symbol, Instrument> _bySymbol;
    private readonly FrozenDictionary<string, Instrument> _byVenueSymbol;
    private readonly FrozenDictionary<string, Instrument>.AlternateLookup<ReadOnlySpan<char>> _byVenueSpan;

    /// <summary>Builds the map. Where two instruments share a name the later one wins.</summary>
    public InstrumentMap(IEnumerable<Instrument> instruments)
    {
        All = [.. instruments];
        _bySymbol = All.GroupBy(i => i.Symbol).ToFrozenDictionary(g => g.Key, g => g.Last());
        _byVenueSymbol = All.GroupBy(i => i.VenueSymbol, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(g => g.Key, g => g.Last(), StringComparer.OrdinalIgnoreCase);
        _byVenueSpan = _byVenueSymbol.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>A map with nothing in it.</summary>
    public static InstrumentMap Empty { get; } = new([]);

    /// <summary>Every instrument, in the venue's order.</summary>
    public IReadOnlyList<Instrument> All { get; }

    /// <summary>Finds by canonical symbol.</summary>
    public bool TryGet(Symbol symbol, [NotNullWhen(true)] out Instrument? instrument) => _bySymbol.TryGetValue(symbol, out instrument);

    /// <summary>Finds by the venue's name, in any letter case.</summary>
    public bool TryGet(string venueSymbol, [NotNullWhen(true)] out Instrument? instrument) => _byVenueSymbol.TryGetValue(venueSymbol, out instrument);

    /// <summary>Finds by the venue's name as it stands in a UTF-8 message, in any letter case, without allocating.</summary>
    public bool TryGet(ReadOnlySpan<byte> venueSymbolUtf8, [NotNullWhen(true)] out Instrument? instrument)
    {
        Span<char> chars = stackalloc char[64];
        if (venueSymbolUtf8.Length > chars.Length)
        {
            instrument = null;
            return false;
        }

        var length = Encoding.UTF8.GetChars(venueSymbolUtf8, chars);
        return _byVenueSpan.TryGetValue(chars[..length], out instrument);
    }
}

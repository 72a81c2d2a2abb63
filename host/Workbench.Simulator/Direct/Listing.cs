using System.Collections.Frozen;
using Workbench.Sdk;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Direct;

/// <summary>The venue's markets under their canonical names. The set is fixed; a market's content is read inside the venue's lock.</summary>
internal sealed class Listing(IReadOnlyList<Market> markets)
{
    private readonly FrozenDictionary<Symbol, Market> _bySymbol = markets.ToFrozenDictionary(m => NameOf(m.Instrument));
    private readonly FrozenDictionary<string, Symbol> _names = markets.ToFrozenDictionary(m => m.Symbol, m => NameOf(m.Instrument));

    public IReadOnlyList<Market> Markets => markets;

    /// <summary>The market of that name, or null.</summary>
    public Market? Find(Symbol symbol) => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>The canonical name of a market by the venue's own.</summary>
    public Symbol NameOf(string venueSymbol) => _names[venueSymbol];

    /// <summary>All markets with their rules of the moment.</summary>
    public IReadOnlyList<Sdk.Instrument> Instruments() => [.. markets.Select(m => Describe(m.Instrument))];

    /// <summary>The rules of one market.</summary>
    public static Sdk.Instrument Describe(Venues.Instrument instrument) => new()
    {
        Symbol = NameOf(instrument),
        VenueSymbol = instrument.Symbol,
        Status = instrument.Status switch
        {
            Venues.InstrumentStatus.Trading => Sdk.InstrumentStatus.Trading,
            Venues.InstrumentStatus.CancelOnly => Sdk.InstrumentStatus.CancelOnly,
            _ => Sdk.InstrumentStatus.Halted,
        },
        TickSize = instrument.TickSize,
        StepSize = instrument.StepSize,
        MinQuantity = instrument.MinQuantity,
        MaxQuantity = instrument.MaxQuantity,
        MaxMarketQuantity = instrument.MaxMarketQuantity,
        MinNotional = instrument.MinNotional,
        MaxNotional = instrument.MaxNotional,
    };

    private static Symbol NameOf(Venues.Instrument instrument) => new(new Asset(instrument.BaseAsset), new Asset(instrument.QuoteAsset));
}

using Workbench.Sdk;

namespace Workbench.Core.Instruments;

/// <summary>What became of a market between two readings of a venue's list. Pure.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Cause">What closes its gate; null when it takes orders.</param>
/// <param name="Text">What changed, with old and new numbers, for a person; null when nothing did.</param>
internal sealed record InstrumentChange(Symbol Symbol, GateCause? Cause, string? Text)
{
    /// <summary>A tick and a step that move by the same factor in opposite directions, and by this much at least, look like another unit: a coin became a thousand.</summary>
    private const decimal RedenominationFactor = 100;

    /// <summary>Compares the market as it was accepted with the market as it is.</summary>
    /// <param name="before">As it was accepted.</param>
    /// <param name="now">As the venue lists it now; null when it does not.</param>
    /// <param name="successor">What the venue lists under the same name of its own now, where that is another market; null for none.</param>
    public static InstrumentChange Between(Instrument before, Instrument? now, Instrument? successor)
    {
        var symbol = before.Symbol;
        if (now is null)
        {
            return successor is null
                ? new InstrumentChange(symbol, GateCause.Delisted, $"{symbol} is DELISTED: {before.VenueSymbol} is no longer in the venue's list")
                : new InstrumentChange(symbol, GateCause.MeaningChanged, $"{before.VenueSymbol} was {symbol} and is {successor.Symbol} now: {Conflicts(before, successor)}");
        }

        if (now.VenueSymbol != before.VenueSymbol)
        {
            return new InstrumentChange(symbol, GateCause.Renamed, $"{symbol} is RENAMED: {before.VenueSymbol} is {now.VenueSymbol} now");
        }

        if (Conflicts(before, now) is { Length: > 0 } conflicts)
        {
            return new InstrumentChange(symbol, GateCause.MeaningChanged, $"{symbol} has changed: {conflicts}");
        }

        if (LooksRedenominated(before, now))
        {
            return new InstrumentChange(symbol, GateCause.MeaningChanged, $"{symbol} may have another unit: {Rules(before, now)}");
        }

        var rules = Rules(before, now);
        return new InstrumentChange(symbol, StatusGate(now), rules.Length == 0 ? null : $"{symbol} has new rules: {rules}");
    }

    /// <summary>What a market's own status says about its gate; null when it takes orders.</summary>
    public static GateCause? StatusGate(Instrument instrument) => instrument.Status switch
    {
        InstrumentStatus.Trading => null,
        InstrumentStatus.CancelOnly => GateCause.CancelOnly,
        _ => GateCause.Halted,
    };

    private static string Conflicts(Instrument before, Instrument now) => string.Join(", ", Meanings(before, now).Where(m => m.Old != m.New).Select(m => $"{m.What} was {m.Old}, is {m.New}"));

    private static string Rules(Instrument before, Instrument now) =>
        string.Join(", ", Numbered(before, now).Where(r => r.Old != r.New).Select(r => $"{r.What} was {Numbers.Text(r.Old)}, is {Numbers.Text(r.New)}"));

    private static bool LooksRedenominated(Instrument before, Instrument now)
    {
        if (before is { TickSize: 0 } or { StepSize: 0 } || now is { TickSize: 0 } or { StepSize: 0 })
        {
            return false;
        }

        var (tick, step) = (now.TickSize / before.TickSize, before.StepSize / now.StepSize);
        return tick == step && (tick >= RedenominationFactor || tick <= 1 / RedenominationFactor);
    }

    private static (string What, string Old, string New)[] Meanings(Instrument before, Instrument now) =>
    [
        ("base asset", before.Symbol.Base.Code, now.Symbol.Base.Code),
        ("quote currency", before.Symbol.Quote.Code, now.Symbol.Quote.Code),
        ("kind", before.Kind.ToString(), now.Kind.ToString()),
        ("unit", Numbers.Text(before.UnitSize), Numbers.Text(now.UnitSize)),
    ];

    private static (string What, decimal Old, decimal New)[] Numbered(Instrument before, Instrument now) =>
    [
        ("tick", before.TickSize, now.TickSize),
        ("step", before.StepSize, now.StepSize),
        ("market step", before.MarketStepSize, now.MarketStepSize),
        ("smallest quantity", before.MinQuantity, now.MinQuantity),
        ("largest quantity", before.MaxQuantity, now.MaxQuantity),
        ("largest market quantity", before.MaxMarketQuantity, now.MaxMarketQuantity),
        ("smallest value", before.MinNotional, now.MinNotional),
        ("largest value", before.MaxNotional, now.MaxNotional),
    ];
}

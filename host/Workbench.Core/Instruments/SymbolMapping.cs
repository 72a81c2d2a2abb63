using Workbench.Sdk;

namespace Workbench.Core.Instruments;

/// <summary>One market at two venues, compared: what differs, and whether an order may go to the one as well as to the other. Pure and immutable.</summary>
/// <remarks>
/// What an order means must be the same at both: base, quote, kind of contract, unit. USD is not USDT. Grids and limits may differ: an order is rounded down
/// to the target's, and denied when nothing that keeps its rules is left.
/// </remarks>
internal sealed record SymbolMapping
{
    private SymbolMapping(Instrument from, Instrument to, IReadOnlyList<string> conflicts, IReadOnlyList<string> differences) =>
        (From, To, Conflicts, Differences) = (from, to, conflicts, differences);

    /// <summary>The market that orders are meant for.</summary>
    public Instrument From { get; }

    /// <summary>The market that they would go to.</summary>
    public Instrument To { get; }

    /// <summary>What an order must not cross; empty when the two are the same market.</summary>
    public IReadOnlyList<string> Conflicts { get; }

    /// <summary>What rounding and limits take care of.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>True when an order meant for the one may go to the other.</summary>
    public bool IsCompatible => Conflicts.Count == 0;

    /// <summary>Compares.</summary>
    public static SymbolMapping Check(Instrument from, Instrument to)
    {
        List<string> conflicts = [];
        List<string> differences = [];
        Meaning("base asset", from.Symbol.Base.Code, to.Symbol.Base.Code);
        Meaning("quote currency", from.Symbol.Quote.Code, to.Symbol.Quote.Code);
        Meaning("kind", from.Kind.ToString(), to.Kind.ToString());
        Meaning("unit", Numbers.Text(from.UnitSize), Numbers.Text(to.UnitSize));
        Rule("tick", from.TickSize, to.TickSize);
        Rule("step", from.StepSize, to.StepSize);
        Rule("market step", from.MarketStepSize, to.MarketStepSize);
        Rule("smallest quantity", from.MinQuantity, to.MinQuantity);
        Rule("largest quantity", from.MaxQuantity, to.MaxQuantity);
        Rule("largest market quantity", from.MaxMarketQuantity, to.MaxMarketQuantity);
        Rule("smallest value", from.MinNotional, to.MinNotional);
        Rule("largest value", from.MaxNotional, to.MaxNotional);
        return new SymbolMapping(from, to, conflicts, differences);

        void Meaning(string what, string here, string there)
        {
            if (here != there)
            {
                conflicts.Add($"{what} {here} is not {there}");
            }
        }

        void Rule(string what, decimal here, decimal there)
        {
            if (here != there)
            {
                differences.Add($"{what} {Numbers.Text(here)} against {Numbers.Text(there)}");
            }
        }
    }

    /// <summary>What a symbol means by its name alone: the asset itself, one unit a unit, without rules. The measure where the preferred venue has not been read.</summary>
    public static Instrument Plain(Symbol symbol) => new() { Symbol = symbol, VenueSymbol = symbol.ToString(), TickSize = 0, StepSize = 0 };
}

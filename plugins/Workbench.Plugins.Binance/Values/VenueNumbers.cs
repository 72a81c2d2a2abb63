using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Values;

/// <summary>Turns the venue's decimal text into values, refusing what cannot be meant: zero or negative prices, negative quantities, and numbers so large that price times quantity would overflow.</summary>
internal static class VenueNumbers
{
    private const decimal MaxPrice = 1_000_000_000_000m;
    private const decimal MaxQuantity = 10_000_000_000_000_000m;

    public static bool TryPrice(ReadOnlySpan<byte> utf8, out Price price)
    {
        price = default;
        return Numbers.TryParse(utf8, out var value) && value <= MaxPrice && Price.TryCreate(value, out price);
    }

    public static bool TryQuantity(ReadOnlySpan<byte> utf8, out Quantity quantity)
    {
        var ok = Numbers.TryParse(utf8, out var value) && value is >= 0 and <= MaxQuantity;
        quantity = ok ? new Quantity(value) : default;
        return ok;
    }

    /// <summary>A price where zero means that there is none; false when it is negative or absurd.</summary>
    public static bool TryOptionalPrice(decimal? value, out Price? price)
    {
        price = value is > 0 and <= MaxPrice ? new Price(value.Value) : null;
        return value is null or (>= 0 and <= MaxPrice);
    }

    /// <summary>A quantity that may be absent; false when it is negative or absurd.</summary>
    public static bool TryOptionalQuantity(decimal? value, out Quantity? quantity)
    {
        quantity = value is >= 0 and <= MaxQuantity ? new Quantity(value.Value) : null;
        return value is null or (>= 0 and <= MaxQuantity);
    }

    /// <summary>What was paid on average. Very old orders carry a negative sum, which means that the venue no longer knows.</summary>
    public static Price? Average(decimal? quoteSum, Quantity? filled) =>
        quoteSum is > 0 && filled is { IsZero: false } quantity && Price.TryCreate(quoteSum.Value / quantity.Value, out var average) ? average : null;
}

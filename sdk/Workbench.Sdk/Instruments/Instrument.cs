namespace Workbench.Sdk;

/// <summary>A market at one venue with the rules that its orders must keep. Immutable; a changed rule is a new instrument.</summary>
public sealed record Instrument
{
    /// <summary>The canonical name.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>The name that the venue uses on the wire, such as <c>BTCUSDT</c>.</summary>
    public required string VenueSymbol { get; init; }

    /// <summary>What is traded.</summary>
    public InstrumentKind Kind { get; init; }

    /// <summary>How much of the underlying one unit of quantity stands for, such as shares per token or coins per contract; greater than zero, and one where a unit is a unit.</summary>
    public decimal UnitSize { get; init; } = 1;

    /// <summary>Whether orders are taken now.</summary>
    public InstrumentStatus Status { get; init; } = InstrumentStatus.Trading;

    /// <summary>Prices are whole multiples of this, in units of the quote asset; zero means no rule.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Quantities are whole multiples of this, in units of the base asset; zero means no rule.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>The step for market orders where the venue has a coarser one; zero means <see cref="StepSize"/> decides.</summary>
    public decimal MarketStepSize { get; init; }

    /// <summary>The smallest quantity of an order, in units of the base asset; zero means no rule.</summary>
    public decimal MinQuantity { get; init; }

    /// <summary>The largest quantity of a limit order, in units of the base asset; zero means no rule.</summary>
    public decimal MaxQuantity { get; init; }

    /// <summary>The largest quantity of a market order, in units of the base asset; zero means <see cref="MaxQuantity"/> decides.</summary>
    public decimal MaxMarketQuantity { get; init; }

    /// <summary>The smallest value (price times quantity) of an order, in units of the quote asset; zero means no rule.</summary>
    public decimal MinNotional { get; init; }

    /// <summary>The largest value of an order, in units of the quote asset; zero means no rule.</summary>
    public decimal MaxNotional { get; init; }

    /// <summary>The quantity rounded down to what the venue takes; zero when nothing is left.</summary>
    /// <param name="quantity">What is wanted.</param>
    /// <param name="type">Orders that take what the book offers may have a coarser step.</param>
    public Quantity RoundDown(Quantity quantity, OrderType type) => quantity.RoundDownTo(StepOf(type));

    /// <summary>A limit price moved to the tick grid in the direction that never pays more: down for a buy, up for a sell.</summary>
    /// <returns>The price on the grid; a buy below one tick has no such price and stays as it is, for <see cref="Violation"/> to name.</returns>
    public Price RoundPassive(Price price, Side side)
    {
        if (TickSize == 0)
        {
            return price;
        }

        var down = price.Value - (price.Value % TickSize);
        var rounded = side == Side.Sell && down != price.Value ? down + TickSize : down;
        return rounded > 0 ? new Price(rounded) : price;
    }

    /// <summary>A stop price moved to the tick grid away from the market: up for a buy, down for a sell. As trades are on the grid too, it is reached by the same ones.</summary>
    /// <returns>The price on the grid; a sell below one tick has no such price and stays as it is, for <see cref="Violation"/> to name.</returns>
    public Price RoundStop(Price price, Side side) => RoundPassive(price, side == Side.Buy ? Side.Sell : Side.Buy);

    /// <summary>Why an order would break this instrument's rules, or null when it keeps them.</summary>
    /// <param name="type">The order type.</param>
    /// <param name="quantity">Units of the base asset.</param>
    /// <param name="price">The limit price, or for an order without one the price it is expected to fill at; null leaves the value rules out.</param>
    /// <param name="stop">The stop price; null for an order that works at once.</param>
    public string? Violation(OrderType type, Quantity quantity, Price? price, Price? stop = null)
    {
        var step = StepOf(type);
        var max = !type.HasLimitPrice() && MaxMarketQuantity > 0 ? MaxMarketQuantity : MaxQuantity;
        return this switch
        {
            { Status: not InstrumentStatus.Trading } => $"{Symbol} is not trading ({Status})",
            _ when quantity.IsZero => "quantity is zero",
            _ when step > 0 && quantity.Value % step != 0 => $"quantity {quantity} is not a multiple of {Numbers.Text(step)}",
            _ when quantity.Value < MinQuantity => $"quantity {quantity} is below the minimum of {Numbers.Text(MinQuantity)}",
            _ when max > 0 && quantity.Value > max => $"quantity {quantity} is above the maximum of {Numbers.Text(max)}",
            _ when type.HasLimitPrice() && TickSize > 0 && price is { } p && p.Value % TickSize != 0 => $"price {p} is not a multiple of {Numbers.Text(TickSize)}",
            _ when TickSize > 0 && stop is { } s && s.Value % TickSize != 0 => $"stop price {s} is not a multiple of {Numbers.Text(TickSize)}",
            _ when MinNotional > 0 && price is { } p && (p * quantity).Value < MinNotional => $"value {p * quantity} is below the minimum of {Numbers.Text(MinNotional)}",
            _ when MaxNotional > 0 && price is { } p && (p * quantity).Value > MaxNotional => $"value {p * quantity} is above the maximum of {Numbers.Text(MaxNotional)}",
            _ => null,
        };
    }

    private decimal StepOf(OrderType type) => type.HasLimitPrice() ? StepSize : Math.Max(StepSize, MarketStepSize);
}

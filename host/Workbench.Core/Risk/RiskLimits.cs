using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Core.Risk;

/// <summary>What the risk gate allows, over all connections together. Null means no limit.</summary>
public sealed record RiskLimits
{
    /// <summary>No limits at all.</summary>
    public static RiskLimits None { get; } = new();

    /// <summary>Every limit by name, in a fixed order, for the journal; empty without any.</summary>
    public string ToText()
    {
        var position = MaxPosition.OrderBy(p => p.Key.Code, StringComparer.Ordinal).Select(p => $"max_position.{p.Key} {p.Value}");
        (string Name, string? Value)[] others =
        [
            ("max_order_value", MaxOrderValue?.ToString()),
            ("max_open_orders", MaxOpenOrders?.ToString(CultureInfo.InvariantCulture)),
            ("price_collar", Text(PriceCollar)),
            ("max_orders_per_second", MaxOrdersPerSecond?.ToString(CultureInfo.InvariantCulture)),
            ("stale_price_after", Text(StalePriceAfter)),
            ("price_jump", Text(PriceJump)),
        ];
        return string.Join(", ", others.Where(o => o.Value is not null).Select(o => $"{o.Name} {o.Value}").Concat(position));
    }

    private static string? Text(decimal? value) => value is { } v ? Numbers.Text(v) : null;

    private static string? Text(TimeSpan? value) => value is { } v ? $"{Numbers.Text((decimal)v.Ticks / TimeSpan.TicksPerSecond)}s" : null;

    /// <summary>The largest value of one order, in units of the quote asset.</summary>
    public Amount? MaxOrderValue { get; init; }

    /// <summary>The largest position by base asset, long or short, summed over its markets. An asset that is not named has no limit.</summary>
    public IReadOnlyDictionary<Asset, Quantity> MaxPosition { get; init; } = new Dictionary<Asset, Quantity>();

    /// <summary>How many orders may be open at once, in flight and unknown ones included.</summary>
    public int? MaxOpenOrders { get; init; }

    /// <summary>How far a price may lie on the costly side of the book, as a fraction: 0.02 is two percent.</summary>
    public decimal? PriceCollar { get; init; }

    /// <summary>How many orders may pass within any one second.</summary>
    public int? MaxOrdersPerSecond { get; init; }

    /// <summary>How old the target venue's quote may be.</summary>
    public TimeSpan? StalePriceAfter { get; init; }

    /// <summary>How far a price may lie from its market's own recent prices before it must be confirmed, as a fraction; null believes every price.</summary>
    public decimal? PriceJump { get; init; }

    /// <summary>For how long a price that jumped must stand to be believed without another venue.</summary>
    public TimeSpan ConfirmJumpAfter { get; init; } = TimeSpan.FromSeconds(5);
}

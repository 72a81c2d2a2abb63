using CsCheck;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Matching.Reference;

internal enum CommandKind
{
    Place,
    PlaceList,
    Cancel,
    Amend,
    Print,
    Distort,
}

/// <summary>A random command; what of it is used depends on the kind.</summary>
internal sealed record MarketCommand(CommandKind Kind, int Account, int Pick, NewOrder Order, NewOrder Second, NewOrder Third, Contingency Contingency)
{
    private static readonly Gen<TriggerTerms?> Triggers = Gen.Select(
        Gen.Int[0, 9], Gen.Int[88, 112], Gen.Bool, Gen.Int[0, 3], Gen.Bool,
        (kind, price, rises, bips, locks) => kind > 3 ? null : new TriggerTerms
        {
            Price = kind == 3 ? 0 : price,
            Direction = rises ? TriggerDirection.RisesTo : TriggerDirection.FallsTo,
            TrailingBips = kind >= 2 ? 100 + (bips * 150) : 0,
            LocksFunds = locks,
        });

    private static readonly Gen<NewOrder> NewOrders = Gen.Select(
        Gen.Bool, Gen.Int[0, 9], Gen.Int[90, 110], Gen.Int[1, 40], Gen.Int[0, 999], Triggers, Gen.Enum<SelfTradePrevention>(), Draw);

    public static readonly Gen<MarketCommand> All = Gen.Select(
        Gen.Int[0, 99], Gen.Int[0, 3], Gen.Int[0, 999], NewOrders, NewOrders, NewOrders, Gen.Enum<Contingency>(),
        (kind, account, pick, first, second, third, contingency) =>
            new MarketCommand(KindOf(kind), account, pick, first, second, third, contingency));

    public NewOrderList List()
    {
        // The two of a pair spend the same balance.
        var second = Contingency == Contingency.OneCancelsTheOther ? Second with { Side = Order.Side } : Second;
        NewOrder[] orders = Contingency == Contingency.OneTriggersAPair
            ? [Order, second, WithSide(Third, second.Side)]
            : [Order, WithSide(second, second.Side)];
        return new NewOrderList { Contingency = Contingency, Orders = orders };
    }

    public override string ToString() => Kind switch
    {
        CommandKind.Place => $"{Account}: {Words(Order)}",
        CommandKind.PlaceList => $"{Account}: {Contingency} [{string.Join(" | ", List().Orders.Select(Words))}]",
        CommandKind.Amend => $"{Account}: Amend {Pick} to {Order.Quantity} at {Order.Price}",
        _ => $"{Account}: {Kind} {Pick} {Order.Side}",
    };

    private static string Words(NewOrder o)
    {
        var trigger = o.Trigger is { } t ? $" if {t.Direction} {t.Price} trailing {t.TrailingBips}{(t.LocksFunds ? " locking" : "")}" : "";
        return $"{o.Side} {o.Type} {o.TimeInForce} {o.PostOnly} {o.Quantity}/{o.QuoteQuantity} at {o.Price} showing {o.DisplayQuantity} bound {o.PriceBound} {o.SelfTradePrevention}{trigger}";
    }

    // A conditional sell cannot be sized in quote.
    private static NewOrder WithSide(NewOrder order, Side side) => order is { QuoteQuantity: > 0, Trigger: not null } && side == Side.Sell
        ? order with { Side = side, QuoteQuantity = 0, Quantity = 1 }
        : order with { Side = side };

    private static CommandKind KindOf(int dice) => dice switch
    {
        < 55 => CommandKind.Place,
        < 70 => CommandKind.PlaceList,
        < 80 => CommandKind.Cancel,
        < 90 => CommandKind.Amend,
        < 97 => CommandKind.Print,
        _ => CommandKind.Distort,
    };

    private static NewOrder Draw(bool buys, int kind, int price, int size, int extra, TriggerTerms? trigger, SelfTradePrevention mode)
    {
        var isMarket = kind >= 8;
        var isQuoteSized = kind == 9 && (buys || trigger is null);
        var isIceberg = !isMarket && kind is 4 or 5;
        return new NewOrder
        {
            Symbol = "AB",
            Side = buys ? Side.Buy : Side.Sell,
            Type = isMarket ? OrderType.Market : OrderType.Limit,
            TimeInForce = kind switch { 1 => TimeInForce.Ioc, 2 => TimeInForce.Fok, _ => TimeInForce.Gtc },
            PostOnly = kind == 3 ? extra % 2 == 0 ? PostOnly.RefuseIfTaking : PostOnly.ExpireIfTaking : PostOnly.No,
            Quantity = isQuoteSized ? 0 : size / 10m,
            QuoteQuantity = isQuoteSized ? size * 7.3m : 0,
            Price = isMarket ? 0 : price,
            DisplayQuantity = isIceberg ? (1 + (extra % 7)) / 10m : 0,
            PriceBound = extra % 10 == 0 ? 100 : 0,
            Trigger = trigger,
            SelfTradePrevention = mode,
        };
    }
}

using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>Which symbols a query or a cancel-all means: one, or all of a coin, or ("" everywhere) all.</summary>
internal readonly record struct OrderFilter(string Symbol, string BaseCoin, string SettleCoin, OrderKind? Kind = null)
{
    public static OrderFilter Of(JsonElement body) => new(
        body.Text("symbol"), body.Text("baseCoin"), body.Text("settleCoin"), OrderKinds.Parse(body.Text("orderFilter")));

    public bool Matches(Order order) =>
        (Symbol.Length == 0 || order.Symbol == Symbol)
        && (BaseCoin.Length == 0 || order.Book.Base == BaseCoin)
        && (SettleCoin.Length == 0 || order.Book.Quote == SettleCoin)
        && (Kind is null || Kind == OrderText.Kind(order));
}

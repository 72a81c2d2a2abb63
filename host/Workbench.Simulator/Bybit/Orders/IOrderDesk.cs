using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>Takes the order commands of a category.</summary>
internal interface IOrderDesk
{
    OrderAnswer Create(Account account, JsonElement body);

    OrderAnswer Cancel(Account account, JsonElement body);

    OrderAnswer Amend(Account account, JsonElement body);

    (BybitError Error, IReadOnlyList<OrderAnswer> Cancelled) CancelAll(Account account, JsonElement body);
}

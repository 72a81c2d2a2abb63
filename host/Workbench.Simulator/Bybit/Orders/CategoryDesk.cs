using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>Hands each command to the desk of its category; a category without a desk is refused by the spot desk.</summary>
internal sealed class CategoryDesk(IOrderDesk spot, IOrderDesk linear) : IOrderDesk
{
    public OrderAnswer Create(Account account, JsonElement body) => Of(body).Create(account, body);

    public OrderAnswer Cancel(Account account, JsonElement body) => Of(body).Cancel(account, body);

    public OrderAnswer Amend(Account account, JsonElement body) => Of(body).Amend(account, body);

    public (BybitError Error, IReadOnlyList<OrderAnswer> Cancelled) CancelAll(Account account, JsonElement body) =>
        Of(body).CancelAll(account, body);

    private IOrderDesk Of(JsonElement body) => body.Text("category") == Categories.Linear ? linear : spot;
}

namespace Workbench.Simulator.Tests.Matching.Reference;

/// <summary>
/// Money of the reference market. Only totals are kept; what is locked is worked out anew from the open orders whenever
/// somebody asks.
/// </summary>
internal sealed class NaiveMoney(List<NaiveOrder> orders, int accounts)
{
    private readonly Dictionary<(int Account, string Asset), decimal> _totals = [];

    public int FeeAccount { get; } = accounts;

    public decimal Total(int account, string asset) => _totals.GetValueOrDefault((account, asset));

    public void Add(int account, string asset, decimal amount) => _totals[(account, asset)] = Total(account, asset) + amount;

    public decimal Free(int account, string asset) => Total(account, asset) - Locked(account, asset);

    public decimal Locked(int account, string asset)
    {
        decimal sum = 0;
        foreach (var order in orders)
        {
            if (order.Account != account || !order.IsOpen || (order.Buys ? "B" : "A") != asset)
            {
                continue;
            }

            if (order.Contra is { IsOpen: true } contra)
            {
                // Once for the pair, by its older order.
                sum += order.Id < contra.Id ? Math.Max(Need(order), Need(contra)) : 0;
            }
            else
            {
                sum += Need(order);
            }
        }

        return sum;
    }

    public static decimal Need(NaiveOrder order)
    {
        switch (order.Status)
        {
            case "Pending":
            case "Untriggered" when !order.Trigger!.LocksFunds:
                return 0;
            case "Untriggered" when order.IsMarket:
                return order.IsQuoteSized ? order.Request.QuoteQuantity : order.Buys ? order.Rest * order.LockPrice : order.Rest;
            default:
                return order.IsMarket ? 0 : order.Buys ? order.Rest * order.Price : order.Rest;
        }
    }
}

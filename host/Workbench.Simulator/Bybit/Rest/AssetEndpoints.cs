using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>The part of the asset API that clients ask for what an account holds.</summary>
internal sealed class AssetEndpoints(SimulatedVenue venue)
{
    private static readonly Limit CoinsBalance = new("asset/transfer/query-account-coins-balance", 5);

    public IEnumerable<RestRoute> All =>
    [
        RestRoute.Private("/v5/asset/transfer/query-account-coins-balance", CoinsBalance, Balances),
    ];

    private Reply Balances(RestCall call)
    {
        var accountType = call.Text("accountType");
        if (accountType is not ("UNIFIED" or "FUND"))
        {
            return Reply.Fail(BybitError.Parameter("accountType is invalid"));
        }

        var wanted = call.Text("coin").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return venue.Execute(_ =>
        {
            // Everything is in the unified account; the funding account is empty.
            IEnumerable<Balance> held = accountType == "FUND" ? []
                : wanted.Length == 0 ? call.Account.Balances.Values.Where(b => b.Total != 0)
                : wanted.Select(call.Account.Balance);
            return Reply.Ok(writer =>
            {
                writer.WriteString("memberId", "1");
                writer.WriteString("accountType", accountType);
                writer.WriteList("balance", held.ToList(), Holding);
            });
        });
    }

    private static void Holding(Utf8JsonWriter writer, Balance balance)
    {
        writer.WriteStartObject();
        writer.WriteString("coin", balance.Asset);
        writer.WriteAmount("walletBalance", balance.Total);
        writer.WriteAmount("transferBalance", balance.Free);
        writer.WriteString("bonus", "");
        writer.WriteEndObject();
    }
}

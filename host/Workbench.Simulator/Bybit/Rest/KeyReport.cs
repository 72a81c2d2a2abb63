using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary><c>user/query-api</c>: what the key that asks may do.</summary>
internal sealed class KeyReport(SimulatedVenue venue)
{
    private const long LifeDays = 90;
    private static readonly string[] Unused = ["Options", "CopyTrading", "BlockTrade", "Exchange", "NFT", "Affiliate", "Earn", "Derivatives"];
    private static readonly string[] None = [];
    private readonly DateTimeOffset _created = DateTimeOffset.FromUnixTimeMilliseconds(venue.Clock.NowMillis);

    public Reply Of(RestCall call)
    {
        var key = call.Credential!;
        var days = Math.Max(0, LifeDays - ((venue.Clock.NowMillis - _created.ToUnixTimeMilliseconds()) / 86_400_000));
        return Reply.Ok(writer =>
        {
            writer.WriteString("id", "1");
            writer.WriteString("note", "simulator");
            writer.WriteString("apiKey", key.Key);
            writer.WriteNumber("readOnly", key.CanTrade ? 0 : 1);
            writer.WriteString("secret", "");
            WritePermissions(writer, key);
            writer.WriteList("ips", key.Addresses.Count == 0 ? ["*"] : key.Addresses.Select(a => a.ToString()), static (w, ip) => w.WriteStringValue(ip));
            writer.WriteNumber("type", 1);
            writer.WriteNumber("deadlineDay", days);
            writer.WriteString("expiredAt", Text(_created.AddDays(LifeDays)));
            writer.WriteString("createdAt", Text(_created));
            WriteOwner(writer);
        });
    }

    private static void WritePermissions(Utf8JsonWriter writer, ApiCredential key)
    {
        writer.WriteStartObject("permissions");
        WriteList(writer, "ContractTrade", key.CanTrade ? ["Order", "Position"] : None);
        WriteList(writer, "Spot", key.CanTrade ? ["SpotTrade"] : None);
        WriteList(writer, "Wallet", key.CanWithdraw ? ["AccountTransfer", "SubMemberTransferList", "Withdraw"] : None);
        foreach (var name in Unused)
        {
            WriteList(writer, name, None);
        }

        writer.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter writer)
    {
        writer.WriteNumber("unified", 0);
        writer.WriteNumber("uta", 1);
        writer.WriteNumber("userID", 1);
        writer.WriteNumber("inviterID", 0);
        writer.WriteString("vipLevel", "No VIP");
        writer.WriteString("mktMakerLevel", "0");
        writer.WriteNumber("affiliateID", 0);
        writer.WriteString("rsaPublicKey", "");
        writer.WriteBoolean("isMaster", true);
        writer.WriteString("parentUid", "0");
        writer.WriteString("kycLevel", "LEVEL_DEFAULT");
        writer.WriteString("kycRegion", "");
    }

    private static void WriteList(Utf8JsonWriter writer, string name, string[] items) =>
        writer.WriteList(name, items, static (w, item) => w.WriteStringValue(item));

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

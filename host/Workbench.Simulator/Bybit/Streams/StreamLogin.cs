using System.Net;
using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>The auth message, alike on the private and the trade socket: key, expiry as number or string, signature.</summary>
internal static class StreamLogin
{
    public static BybitError Check(Gatekeeper gatekeeper, SocketRequest request, IPAddress? from, out ApiCredential? credential)
    {
        credential = null;
        var args = request.Root.Member("args");
        if (args.ValueKind != JsonValueKind.Array || args.GetArrayLength() != 3)
        {
            return BybitError.Parameter("Params Error");
        }

        return gatekeeper.CheckStream(Text(args[0]), Text(args[1]), Text(args[2]), from, out credential);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };
}

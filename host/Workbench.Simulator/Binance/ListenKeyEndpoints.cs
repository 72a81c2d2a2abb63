using Workbench.Simulator.Binance.UserData;

namespace Workbench.Simulator.Binance;

/// <summary>Asking for a listen key, keeping it alive, giving it up. Without <paramref name="keys"/> they are what they are today: gone.</summary>
internal sealed class ListenKeyEndpoints(ListenKeys? keys)
{
    private const string Path = "/api/v3/userDataStream";

    public IEnumerable<Endpoint> All =>
    [
        new("POST", Path, "userDataStream.start", Security.Key, Start) { Weight = _ => 2 },
        new("PUT", Path, "userDataStream.ping", Security.Key, KeepAlive) { Reads = ["listenKey"], Weight = _ => 2 },
        new("DELETE", Path, "userDataStream.stop", Security.Key, Stop) { Reads = ["listenKey"], Weight = _ => 2 },
    ];

    private ApiError? Start(ApiCall call)
    {
        if (keys is null)
        {
            return ApiError.Gone;
        }

        call.Json.WriteStartObject();
        call.Json.WriteString("listenKey", keys.Start(call.Account));
        call.Json.WriteEndObject();
        return null;
    }

    private ApiError? KeepAlive(ApiCall call) => OnKey(call, (k, key) => k.KeepAlive(call.Account, key));

    private ApiError? Stop(ApiCall call) => OnKey(call, (k, key) => k.Remove(call.Account, key));

    private ApiError? OnKey(ApiCall call, Func<ListenKeys, string, bool> act)
    {
        if (keys is null)
        {
            return ApiError.Gone;
        }

        var key = call.Parameters.Required("listenKey");
        if (call.Parameters.Error is { } error)
        {
            return error;
        }

        if (!act(keys, key))
        {
            return ApiError.NoListenKey;
        }

        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
        return null;
    }
}

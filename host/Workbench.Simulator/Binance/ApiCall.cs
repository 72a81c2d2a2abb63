using System.Text.Json;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>One request after its way in: the same for REST and for the WebSocket API.</summary>
internal sealed class ApiCall(Parameters parameters, ApiCredential? credential, Utf8JsonWriter json, bool inMicros)
{
    public Parameters Parameters => parameters;

    /// <summary>Set for every call that needs a key.</summary>
    public ApiCredential? Credential => credential;

    public Matching.Account Account => credential!.Account;

    /// <summary>Receives the result. Nothing may be written before it is certain that the call succeeds.</summary>
    public Utf8JsonWriter Json => json;

    /// <summary>The same call with its result going elsewhere, for parts that end up inside something larger.</summary>
    public ApiCall WritingTo(Utf8JsonWriter other) => new(parameters, credential, other, inMicros);

    /// <summary>The same call in other words, for endpoints that another one replaced.</summary>
    public ApiCall With(Parameters other) => new(other, credential, json, inMicros);

    /// <summary>A time in the unit the client asked for.</summary>
    public long Time(long micros) => inMicros ? micros : micros / 1000;

    /// <summary>A time parameter in milliseconds, whether sent in milliseconds or microseconds.</summary>
    public long? Millis(string name)
    {
        var value = parameters.Integer(name);
        return value > 100_000_000_000_000 ? value / 1000 : value;
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

/// <summary>A client's key: its name and how it signs.</summary>
internal sealed record TestKey(string ApiKey, Func<string, string> Sign)
{
    public static TestKey Hmac(VenueHandle venue) => new(venue.ApiKey, payload =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(venue.ApiSecret), Encoding.UTF8.GetBytes(payload))));

    public static TestKey Ed25519(VenueHandle venue)
    {
        var ed25519 = NSec.Cryptography.SignatureAlgorithm.Ed25519;
        var seed = Convert.FromBase64String(venue.Ed25519Pkcs8)[^32..];
        var key = NSec.Cryptography.Key.Import(ed25519, seed, NSec.Cryptography.KeyBlobFormat.RawPrivateKey);
        return new TestKey(venue.Ed25519ApiKey, payload => Convert.ToBase64String(ed25519.Sign(key, Encoding.UTF8.GetBytes(payload))));
    }

    public static TestKey Rsa(string name, RSA rsa) => new(name, payload =>
        Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(payload), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));

    /// <summary>A signed frame of the WebSocket API; the parameters are sent in the given order.</summary>
    public string Frame(string method, string id, params (string Name, object Value)[] parameters)
    {
        var all = new List<(string Name, object Value)>(parameters) { ("apiKey", ApiKey) };
        if (!all.Exists(p => p.Name == "timestamp"))
        {
            all.Add(("timestamp", BinanceTestClient.Now));
        }

        var payload = string.Join('&', all.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={Text(p.Value)}"));
        all.Add(("signature", Sign(payload)));
        var members = all.Select(p => $"{JsonSerializer.Serialize(p.Name)}:{JsonSerializer.Serialize(p.Value)}");
        return $$"""{"id":{{id}},"method":"{{method}}","params":{""" + string.Join(',', members) + "}}";
    }

    private static string Text(object value) => value is string text ? text : JsonSerializer.Serialize(value);
}

using Workbench.Sdk;

namespace Workbench.Plugins.Binance;

/// <summary>Where the three faces of the venue are. Names in the configuration: <c>rest</c>, <c>stream</c> and <c>api</c>.</summary>
internal sealed class BinanceEndpoints
{
    private const string ApiPath = "/ws-api/v3";
    private const string StreamPath = "/stream";
    private static readonly string[] Names = ["rest", "stream", "api"];
    private readonly string _rest;

    private BinanceEndpoints(Uri rest, Uri stream, Uri api)
    {
        _rest = rest.AbsoluteUri.TrimEnd('/');
        Stream = EndingWith(stream, StreamPath);
        Api = api.AbsolutePath == "/" ? EndingWith(api, ApiPath) : api;
    }

    /// <summary>Market streams, combined form.</summary>
    public Uri Stream { get; }

    /// <summary>The WebSocket API with the account's events.</summary>
    public Uri Api { get; }

    /// <exception cref="ArgumentException">The environment has no defaults and an address is missing.</exception>
    public static BinanceEndpoints For(VenueEnvironment environment, IReadOnlyDictionary<string, Uri> configured)
    {
        var defaults = Defaults(environment);
        var missing = Names.Where((name, i) => !configured.ContainsKey(name) && defaults[i] is null).ToArray();
        if (missing.Length > 0)
        {
            throw new ArgumentException($"The Binance connector needs the endpoints {string.Join(", ", missing)}: the environment {environment} has no defaults for them.", nameof(configured));
        }

        return new BinanceEndpoints(Pick(0), Pick(1), Pick(2));

        Uri Pick(int i) => configured.TryGetValue(Names[i], out var address) ? address : new Uri(defaults[i]!);
    }

    /// <summary>The whole address of a REST call. The query is taken as it stands: what was signed goes on the wire.</summary>
    public Uri Rest(string path, string query)
    {
        var text = query.Length == 0 ? _rest + path : $"{_rest}{path}?{query}";
        return new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static string?[] Defaults(VenueEnvironment environment) => environment switch
    {
        VenueEnvironment.Live => ["https://api.binance.com", "wss://stream.binance.com:9443", "wss://ws-api.binance.com:443/ws-api/v3"],
        VenueEnvironment.Testnet => ["https://testnet.binance.vision", "wss://stream.testnet.binance.vision", "wss://ws-api.testnet.binance.vision/ws-api/v3"],
        VenueEnvironment.Demo => ["https://demo-api.binance.com", "wss://demo-stream.binance.com", "wss://demo-ws-api.binance.com/ws-api/v3"],
        _ => [null, null, null],
    };

    private static Uri EndingWith(Uri address, string path)
    {
        var text = address.AbsoluteUri.TrimEnd('/');
        return text.EndsWith(path, StringComparison.Ordinal) ? address : new Uri(text + path);
    }
}

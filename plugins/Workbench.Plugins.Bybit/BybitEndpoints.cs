using Workbench.Sdk;

namespace Workbench.Plugins.Bybit;

/// <summary>Where a connection finds the venue. The names are <c>rest</c>, <c>public</c>, <c>private</c> and <c>trade</c>; the last is reserved for order entry over a socket.</summary>
internal sealed class BybitEndpoints
{
    private static readonly string[] Names = ["rest", "public", "private", "trade"];

    private readonly VenueEnvironment _environment;
    private readonly IReadOnlyDictionary<string, Uri> _configured;

    private BybitEndpoints(VenueEnvironment environment, IReadOnlyDictionary<string, Uri> configured)
    {
        _environment = environment;
        _configured = configured;
        Rest = Required("rest");
        Public = Required("public");
    }

    /// <summary>HTTP requests; a path is appended.</summary>
    public Uri Rest { get; }

    /// <summary>Market data of the spot category, a whole address such as <c>wss://stream.bybit.com/v5/public/spot</c>.</summary>
    public Uri Public { get; }

    /// <summary>The account's events; asked for only when there are credentials.</summary>
    public Uri Private => Required("private");

    /// <summary>Takes what is configured, and the environment's defaults for the rest.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or an address is missing that the environment has no default for.</exception>
    public static BybitEndpoints For(ConnectorContext context)
    {
        foreach (var name in context.Endpoints.Keys)
        {
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                throw new ArgumentException($"Bybit has no endpoint '{name}'; the names are {string.Join(", ", Names)}.");
            }
        }

        return new BybitEndpoints(context.Environment, context.Endpoints);
    }

    private static string? Default(VenueEnvironment environment, string name) => (environment, name) switch
    {
        (VenueEnvironment.Live, "rest") => "https://api.bybit.com",
        (VenueEnvironment.Live or VenueEnvironment.Demo, "public") => "wss://stream.bybit.com/v5/public/spot",
        (VenueEnvironment.Live, "private") => "wss://stream.bybit.com/v5/private",
        (VenueEnvironment.Live, "trade") => "wss://stream.bybit.com/v5/trade",
        (VenueEnvironment.Testnet, "rest") => "https://api-testnet.bybit.com",
        (VenueEnvironment.Testnet, "public") => "wss://stream-testnet.bybit.com/v5/public/spot",
        (VenueEnvironment.Testnet, "private") => "wss://stream-testnet.bybit.com/v5/private",
        (VenueEnvironment.Testnet, "trade") => "wss://stream-testnet.bybit.com/v5/trade",
        (VenueEnvironment.Demo, "rest") => "https://api-demo.bybit.com",
        (VenueEnvironment.Demo, "private") => "wss://stream-demo.bybit.com/v5/private",
        _ => null,
    };

    private Uri Required(string name)
    {
        if (_configured.TryGetValue(name, out var configured))
        {
            return configured;
        }

        return Default(_environment, name) is { } text
            ? new Uri(text)
            : throw new ArgumentException($"Bybit's environment {_environment} has no default for the endpoint '{name}': configure its address.");
    }
}

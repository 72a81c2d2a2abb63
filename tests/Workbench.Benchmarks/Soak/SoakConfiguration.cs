using Workbench.Configuration;

namespace Workbench.Benchmarks.Soak;

/// <summary>The host's configuration for venues that another process runs, from what that process announced.</summary>
internal static class SoakConfiguration
{
    public static WorkbenchConfig Read(IReadOnlyList<string> announced, string directory)
    {
        var venues = Parse(announced);
        var text = $$"""
            environment: simulation
            connections:
              binance:
                plugin: Workbench.Plugins.Binance
                environment: simulator
                stale_after: 10s
                credentials: { api_key: "${BINANCE_KEY}", api_secret: "${BINANCE_SECRET}" }
                endpoints: { rest: "{{venues["binance"]["rest"]}}", stream: "{{venues["binance"]["stream"]}}", api: "{{venues["binance"]["ws-api"]}}" }
              bybit:
                plugin: Workbench.Plugins.Bybit
                environment: simulator
                stale_after: 10s
                credentials: { api_key: "${BYBIT_KEY}", api_secret: "${BYBIT_SECRET}" }
                endpoints: { rest: "{{venues["bybit"]["rest"]}}", public: "{{venues["bybit"]["public"]}}", private: "{{venues["bybit"]["private"]}}", trade: "{{venues["bybit"]["trade"]}}" }
            routes:
              default:
                symbols: ["*"]
                data: { policy: primary-secondary, primary: binance, secondary: bybit }
                trading: { policy: primary-secondary, primary: binance, secondary: bybit }
            cache: { plugin: Workbench.Plugins.MemoryCache }
            storage: { directory: data, journal: { durability: os } }
            simulator: { embedded: false }
            """;
        string? Environment(string name) => name.Split('_') is [var venue, var what] && venues.TryGetValue(venue.ToLowerInvariant(), out var values)
            ? values[what == "KEY" ? "api key" : "api secret"]
            : null;
        return ConfigurationLoader.LoadText(text, Environment, directory: directory) switch
        {
            ConfigurationResult.Loaded loaded => loaded.Config,
            ConfigurationResult.Refused refused => throw new InvalidOperationException($"The soak's configuration is refused: {string.Join("; ", refused.Errors)}"),
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    private static Dictionary<string, Dictionary<string, string>> Parse(IReadOnlyList<string> announced)
    {
        var venues = new Dictionary<string, Dictionary<string, string>>();
        Dictionary<string, string>? current = null;
        foreach (var line in announced)
        {
            if (!line.StartsWith(' '))
            {
                venues[line.Split(' ')[0]] = current = [];
                continue;
            }

            var at = line.LastIndexOf(' ');
            current![line[..at].Trim()] = line[(at + 1)..];
        }

        return venues;
    }
}

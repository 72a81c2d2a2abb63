using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Checks;

/// <summary>Routes against connections, and against each other.</summary>
internal static class RouteChecks
{
    public static void Run(WorkbenchConfig config, ReadContext context)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, route) in config.Routes)
        {
            var path = $"routes.{name}";
            CheckSymbols(route.Symbols, $"{path}.symbols", owners, context);
            CheckLeg(config, route.Data, $"{path}.data", isTrading: false, context);
            if (route.Trading is { } trading)
            {
                CheckLeg(config, trading, $"{path}.trading", isTrading: true, context);
            }
        }
    }

    private static void CheckSymbols(IReadOnlyList<string> symbols, string path, Dictionary<string, string> owners, ReadContext context)
    {
        if (symbols.Count > 1 && symbols.Contains(SymbolText.All, StringComparer.Ordinal))
        {
            context.Error(path, "'*' already means every symbol; let it stand alone");
        }

        for (var i = 0; i < symbols.Count; i++)
        {
            var itemPath = ConfigurationPath.Item(path, i);
            if (symbols[i].Length > 0 && !owners.TryAdd(symbols[i], itemPath))
            {
                context.Error(itemPath, $"'{symbols[i]}' already stands in {owners[symbols[i]]} (line {context.PositionOf(owners[symbols[i]]).Line}); a symbol has one route");
            }
        }
    }

    private static void CheckLeg(WorkbenchConfig config, RouteLegConfig leg, string path, bool isTrading, ReadContext context)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, at) in RoutePolicyChecks.Run(leg, path, context))
        {
            if (name.Length > 0 && !named.TryAdd(name, at))
            {
                context.Error(at, named[name].EndsWith(".primary", StringComparison.Ordinal)
                    ? $"'{name}' is the primary already; a backup must be another connection"
                    : $"'{name}' already stands in {named[name]}; a connection is named once");
                continue;
            }

            CheckConnection(config, name, at, isTrading, context);
        }
    }

    private static void CheckConnection(WorkbenchConfig config, string name, string path, bool isTrading, ReadContext context)
    {
        // Without any connection the missing section is the error, and each route need not repeat it.
        if (name.Length == 0 || config.Connections.Count == 0)
        {
            return;
        }

        if (!config.Connections.TryGetValue(name, out var connection))
        {
            var nearest = NearestName.Find(name, config.Connections.Keys);
            context.Error(path, $"there is no connection of this name{(nearest is null ? $"; there are {string.Join(", ", config.Connections.Keys)}" : "")}", nearest);
        }
        else if (!connection.Enabled)
        {
            context.Error(path, $"connection '{name}' has enabled: false");
        }
        else if (isTrading && NeedsCredentials(config.Environment, connection))
        {
            context.Error(path, $"connection '{name}' has no credentials to trade with; set their environment variables, or leave out the route's trading section to only read");
        }
    }

    private static bool NeedsCredentials(TradingEnvironment process, ConnectionConfig connection) =>
        process is TradingEnvironment.Testnet or TradingEnvironment.Live
        && connection.Environment is not VenueEnvironment.Simulator
        && connection.Credentials is { ApiKey: null, ApiSecret: null, PrivateKeyFile: null };
}

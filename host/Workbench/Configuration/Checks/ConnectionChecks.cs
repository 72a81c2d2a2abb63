using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Checks;

/// <summary>A connection against the process's environment, its credentials and the simulator.</summary>
internal static class ConnectionChecks
{
    private const UnixFileMode ReadByOthers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static void Run(WorkbenchConfig config, ReadContext context)
    {
        if (config.Environment == TradingEnvironment.Paper)
        {
            context.Error("environment", "'paper' arrives later: today a connection in environment live would send real orders; use simulation, testnet or live");
        }

        foreach (var (name, connection) in config.Connections.Where(c => c.Value.Enabled))
        {
            var path = $"connections.{name}";
            if (!context.IsRefused("environment"))
            {
                CheckEnvironment(config.Environment, connection.Environment, $"{path}.environment", context);
            }

            if (connection.Offline == OfflineBehaviour.Simulate && config.Environment != TradingEnvironment.Simulation)
            {
                context.Error($"{path}.offline", "'simulate' goes only with 'environment: simulation': elsewhere a stand-in's fills would enter the journal of real orders");
            }

            CheckCredentials(connection.Credentials, $"{path}.credentials", context);
            CheckVenue(config.Simulator, name, connection, path, context);
        }
    }

    // A process that says "simulation" must not reach a venue, and one that trades live must not fail over to a toy.
    private static void CheckEnvironment(TradingEnvironment process, VenueEnvironment venue, string path, ReadContext context)
    {
        var fits = process switch
        {
            TradingEnvironment.Simulation => venue is VenueEnvironment.Simulator,
            TradingEnvironment.Testnet => venue is not VenueEnvironment.Live,
            TradingEnvironment.Live => venue is VenueEnvironment.Live,
            _ => true,
        };
        if (!fits)
        {
            context.Error(path, $"'{ChoiceText<VenueEnvironment>.NameOf(venue)}' does not go with 'environment: {ChoiceText<TradingEnvironment>.NameOf(process)}' at the top of the file");
        }
    }

    private static void CheckCredentials(CredentialsConfig credentials, string path, ReadContext context)
    {
        switch (credentials)
        {
            case { ApiSecret: not null, PrivateKeyFile: not null }:
                context.Error($"{path}.private_key_file", "api_secret and private_key_file are two ways to sign; give one");
                break;
            case { ApiKey: null, ApiSecret: not null } or { ApiKey: null, PrivateKeyFile: not null }:
                context.Error($"{path}.api_key", "is missing beside the secret; give both or neither");
                break;
            case { ApiKey: not null, ApiSecret: null, PrivateKeyFile: null }:
                context.Error($"{path}.api_secret", "is missing beside api_key; give it or private_key_file");
                break;
        }

        if (credentials.PrivateKeyFile is { } file)
        {
            CheckKeyFile(file, $"{path}.private_key_file", context);
        }
    }

    private static void CheckKeyFile(string file, string path, ReadContext context)
    {
        if (!File.Exists(file))
        {
            context.Error(path, "no such file");
        }
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ReadByOthers) != 0)
        {
            context.Error(path, "other users can read this private key; run chmod 600 on it");
        }
    }

    private static void CheckVenue(SimulatorConfig simulator, string name, ConnectionConfig connection, string path, ReadContext context)
    {
        if (connection.Environment is not VenueEnvironment.Simulator || !connection.Endpoints.IsEmpty || (simulator.Embedded && simulator.Venues.ContainsKey(name)))
        {
            return;
        }

        if (!simulator.Embedded)
        {
            context.Error($"{path}.endpoints", "is missing: with simulator.embedded false, say where the simulator listens");
            return;
        }

        context.Error($"{path}.environment", $"there is no simulator.venues.{name} for it to use; add one, or give endpoints", NearestName.Find(name, simulator.Venues.Keys));
    }
}

using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

internal static class Simulators
{
    public static Task<SimulatorHost> StartAsync(Func<VenueOptions, VenueOptions>? change = null, TimeProvider? time = null)
    {
        var venue = new VenueOptions { Name = "binance", Dialect = "binance" };
        return SimulatorHost.StartAsync(
            new SimulatorOptions { Seed = 7, Venues = [change?.Invoke(venue) ?? venue] }, time ?? TimeProvider.System);
    }
}

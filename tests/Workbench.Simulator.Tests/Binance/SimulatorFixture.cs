using Workbench.Simulator.Binance;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

internal static class Simulators
{
    /// <summary>For tests whose clock runs ahead of what a real socket can answer.</summary>
    public static BinanceOptions Patient { get; } = new() { PingInterval = TimeSpan.FromHours(1), PongTimeout = TimeSpan.FromHours(1) };

    public static Task<SimulatorHost> StartAsync(Func<VenueOptions, VenueOptions>? change = null, TimeProvider? time = null)
    {
        var venue = new VenueOptions { Name = "binance", Dialect = "binance" };
        return SimulatorHost.StartAsync(
            new SimulatorOptions { Seed = 7, Venues = [change?.Invoke(venue) ?? venue] }, time ?? TimeProvider.System);
    }
}

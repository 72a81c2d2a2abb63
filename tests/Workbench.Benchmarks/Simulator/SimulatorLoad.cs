using System.Globalization;

namespace Workbench.Benchmarks.Simulator;

/// <summary>The command <c>simulator</c>: how much load the simulator carries, beside a bare web server that carries the same.</summary>
internal static class SimulatorLoad
{
    public static async Task<int> RunAsync(string[] options)
    {
        var parts = new[] { "orders", "streams", "footprint" };
        var seconds = 4;
        foreach (var option in options)
        {
            if (int.TryParse(option, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 600)
            {
                seconds = number;
            }
            else if (parts.Contains(option))
            {
                parts = [option];
            }
            else
            {
                await Console.Error.WriteLineAsync("usage: simulator [orders|streams|footprint] [seconds of each measurement, 1-600]");
                return 3;
            }
        }

        foreach (var part in parts)
        {
            await (part switch
            {
                "orders" => OrderLoad.RunAsync(TimeSpan.FromSeconds(seconds)),
                "streams" => StreamLoad.RunAsync(seconds * 100_000),
                _ => VenueFootprint.RunAsync(TimeSpan.FromSeconds(seconds)),
            });
            Console.WriteLine();
        }

        return 0;
    }
}

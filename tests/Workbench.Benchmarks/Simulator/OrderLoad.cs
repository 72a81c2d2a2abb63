using System.Diagnostics;
using Workbench.Simulator.Server;

namespace Workbench.Benchmarks.Simulator;

/// <summary>Order requests a second over REST, for a number of connections that each send the next request when the last is answered.</summary>
internal static class OrderLoad
{
    private static readonly int[] Connections = [1, 8, 32];

    public static async Task RunAsync(TimeSpan duration)
    {
        await using var bare = await BareServer.StartAsync();
        await using var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions
            {
                Seed = 7,
                Venues =
                [
                    new VenueOptions { Name = "binance", Dialect = "binance", RateLimits = false },
                    new VenueOptions { Name = "bybit", Dialect = "bybit", RateLimits = false },
                ],
            },
            TimeProvider.System);
        var venues = new[] { simulator["binance"], simulator["bybit"] };
        var prices = new List<string>();
        foreach (var venue in venues)
        {
            prices.Add(await RestingPriceAsync(venue));
        }

        Console.WriteLine("| server | connections | requests/s | ratio |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var count in Connections)
        {
            // The bare server gets the first dialect's requests and does not look at them.
            var requests = OrderRequests.For(venues[0], prices[0]);
            await MeasureAsync(bare.Address, requests, count, duration / 4, (_, _) => true);
            var floor = await MeasureAsync(bare.Address, requests, count, duration, (_, _) => true);
            Table.Row("bare web server", count, floor, 1m);
            for (var i = 0; i < venues.Length; i++)
            {
                var own = OrderRequests.For(venues[i], prices[i]);
                await MeasureAsync(venues[i].Rest, own, count, duration / 4, own.IsDone);
                var rate = await MeasureAsync(venues[i].Rest, own, count, duration, own.IsDone);
                Table.Row(own.Name, count, rate, rate / floor);
            }
        }
    }

    private static int _run;

    private static async Task<decimal> MeasureAsync(Uri address, OrderRequests requests, int connections, TimeSpan duration, Func<int, string, bool> isDone)
    {
        // Client ids must not repeat from one measurement to the next.
        var first = ++_run * connections;
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(first, connections).Select(c => Task.Run(() => DriveAsync(address, requests, c, clock, duration, isDone))));
        return counts.Sum() / (decimal)clock.Elapsed.TotalSeconds;
    }

    private static async Task<int> DriveAsync(Uri address, OrderRequests requests, int connection, Stopwatch clock, TimeSpan duration, Func<int, string, bool> isDone)
    {
        using var raw = await RawConnection.OpenAsync(address);
        var number = 0;

        // An even count leaves nothing resting.
        while (clock.Elapsed < duration || number % 2 == 1)
        {
            var status = await raw.SendAsync(requests.Next((_run * 1000) + connection, number));
            if (status != 200 || ((number < 2 || number % 997 == 0) && !isDone(status, raw.Text)))
            {
                throw new InvalidOperationException($"{requests.Name}: request {number} was answered {raw.Text}");
            }

            number++;
        }

        return number;
    }

    // Ten in a hundred below what was paid last: far from trading, inside every band.
    private static async Task<string> RestingPriceAsync(VenueHandle venue)
    {
        using var http = new HttpClient { BaseAddress = venue.Rest };
        var (path, name) = venue.Dialect == "binance"
            ? ("/api/v3/ticker/price?symbol=BTCUSDT", "\"price\":\"")
            : ("/v5/market/tickers?category=spot&symbol=BTCUSDT", "\"lastPrice\":\"");
        var text = await http.GetStringAsync(path);
        var start = text.IndexOf(name, StringComparison.Ordinal) + name.Length;
        var last = decimal.Parse(text.AsSpan(start, text.IndexOf('"', start) - start), System.Globalization.CultureInfo.InvariantCulture);
        return decimal.Round(last * 0.98m).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}

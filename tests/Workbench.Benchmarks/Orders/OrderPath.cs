using System.Globalization;

namespace Workbench.Benchmarks.Orders;

/// <summary>The command <c>orders</c>: percentiles of the order path, which a benchmark of means cannot give. All clients take turns, so that each round compares them under the same load.</summary>
internal static class OrderPath
{
    private const int WarmUpOrders = 20_000;

    public static async Task<int> RunAsync(string[] options)
    {
        if (Settings.Read(options) is not { } settings)
        {
            await Console.Error.WriteLineAsync("usage: orders [--rounds 1-100] [--orders 100-100000] [--pause 0-1000, in ms before each order]");
            return 3;
        }

        using var venue = new StubVenue();
        await using var bare = new BareClient(venue.Address);
        await using var os = await EngineClient.StartAsync(venue.Address, durable: false);
        await using var fsync = await EngineClient.StartAsync(venue.Address, durable: true);
        IOrderClient[] clients = [bare, os, fsync];
        foreach (var client in clients)
        {
            await Round.RunAsync(client, venue, WarmUpOrders, TimeSpan.Zero);
        }

        var results = clients.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round < settings.Rounds; round++)
        {
            for (var i = 0; i < clients.Length; i++)
            {
                results[i].Add(await Round.RunAsync(clients[i], venue, settings.Orders, settings.Pause));
            }
        }

        Print(clients, results);
        return 0;
    }

    private static void Print(IOrderClient[] clients, List<Round>[] results)
    {
        Console.WriteLine("| client | submit to answer, ratio p50 | p50 us | p99 us | submit to first byte at the venue, ratio p50 | p50 us | p99 us | bytes per order |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < clients.Length; i++)
        {
            var (mine, bare) = (results[i], results[0]);
            var answered = Median(mine.Zip(bare, (m, b) => m.Answered50 / b.Answered50));
            var firstByte = Median(mine.Zip(bare, (m, b) => m.FirstByte50 / b.FirstByte50));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {clients[i].Name} | {answered:F2} | {Median(mine.Select(r => r.Answered50)):F0} | {Median(mine.Select(r => r.Answered99)):F0} | {firstByte:F2} | {Median(mine.Select(r => r.FirstByte50)):F0} | {Median(mine.Select(r => r.FirstByte99)):F0} | {Median(mine.Select(r => (decimal)r.BytesPerOrder)):F0} |"));
        }
    }

    private static decimal Median(IEnumerable<decimal> values)
    {
        decimal[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Settings(int Rounds, int Orders, TimeSpan Pause)
    {
        /// <summary>Reads pairs of name and number; null when they cannot be understood.</summary>
        public static Settings? Read(string[] options)
        {
            var settings = new Settings(8, 4_000, TimeSpan.Zero);
            foreach (var pair in options.Chunk(2))
            {
                if (pair.Length < 2 || !int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return null;
                }

                switch (pair[0], number)
                {
                    case ("--rounds", >= 1 and <= 100): settings = settings with { Rounds = number }; break;
                    case ("--orders", >= 100 and <= 100_000): settings = settings with { Orders = number }; break;
                    case ("--pause", <= 1_000): settings = settings with { Pause = TimeSpan.FromMilliseconds(number) }; break;
                    default: return null;
                }
            }

            return settings;
        }
    }
}

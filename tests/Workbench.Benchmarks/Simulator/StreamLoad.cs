using System.Diagnostics;
using System.Net.WebSockets;
using Workbench.Simulator.Server;

namespace Workbench.Benchmarks.Simulator;

/// <summary>Market messages a second that 1, 10 and 100 clients drain together, from a capture played as fast as they read.</summary>
internal static class StreamLoad
{
    private static readonly int[] Clients = [1, 10, 100];

    public static async Task RunAsync(int messages)
    {
        using var folder = new TemporaryFolder();
        var tape = SyntheticTape.Write(folder.FullName, messages);
        Console.WriteLine("| server | clients | messages/s, all clients | ratio |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var count in Clients)
        {
            // Many clients drain many copies: a shorter tape keeps the run short.
            var each = Math.Max(messages / count, 10_000);
            var floor = await BareAsync(each, count);
            Table.Row("bare web server", count, floor, 1m);
            var rate = await TapeAsync(each == messages ? tape : SyntheticTape.Write(folder.FullName, each), count);
            Table.Row("simulator, binance bookTicker", count, rate, rate / floor);
        }
    }

    private static async Task<decimal> BareAsync(int messages, int clients)
    {
        await using var server = await BareServer.StartAsync();
        var address = new UriBuilder(server.Address) { Scheme = "ws", Query = FormattableString.Invariant($"frames={messages}") }.Uri;
        return Rate(await Task.WhenAll(Drains(address, clients, CancellationToken.None)));
    }

    private static async Task<decimal> TapeAsync(string path, int clients)
    {
        var venue = new VenueOptions { Name = "binance", Dialect = "binance", RateLimits = false, TapePath = path, TapeSpeed = 0 };
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Venues = [venue] }, TimeProvider.System);
        var streams = string.Join('/', Enumerable.Range(0, SyntheticTape.SymbolCount).Select(i => SyntheticTape.Symbol(i).ToLowerInvariant() + "@bookTicker"));
        var address = new UriBuilder(simulator["binance"].Address("stream")) { Query = $"streams={streams}" }.Uri;
        using var ended = new CancellationTokenSource();
        var draining = Drains(address, clients, ended.Token);
        await simulator["binance"].Tape!.Completion;

        // What is still in the sockets belongs to the count; the time ends with the last message, not with this wait.
        await Task.Delay(500);
        await ended.CancelAsync();
        return Rate(await Task.WhenAll(draining));
    }

    private static Task<Drained>[] Drains(Uri address, int clients, CancellationToken cancellationToken) =>
        [.. Enumerable.Range(0, clients).Select(_ => Task.Run(() => DrainAsync(address, cancellationToken)))];

    // From the first message anybody got to the last one.
    private static decimal Rate(Drained[] all) =>
        all.Sum(d => d.Count) / (decimal)Stopwatch.GetElapsedTime(all.Min(d => d.First), all.Max(d => d.Last)).TotalSeconds;

    private static async Task<Drained> DrainAsync(Uri address, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, CancellationToken.None);
        var buffer = new byte[4096];
        var drained = new Drained(0, 0, 0);
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return drained;
                }

                if (result.EndOfMessage)
                {
                    var now = Stopwatch.GetTimestamp();
                    drained = new Drained(drained.Count + 1, drained.First == 0 ? now : drained.First, now);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            return drained;
        }
    }

    private readonly record struct Drained(long Count, long First, long Last);
}

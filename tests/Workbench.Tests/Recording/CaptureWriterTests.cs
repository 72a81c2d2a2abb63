using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Recording;
using Workbench.Sdk;
using Workbench.Tests.Transport;
using Workbench.Transport;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Recording;

public sealed class CaptureWriterTests : IDisposable
{
    private static readonly Uri Stream = new("wss://venue.test/stream");
    private static readonly CaptureHeader Header = new("binance", "binance", "Live", ["BTC/USDT"]);
    private readonly string _folder = Directory.CreateTempSubdirectory("wb-recording-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lines_hold_time_kind_address_and_the_verbatim_text_and_time_never_goes_back()
    {
        var path = Path.Combine(_folder, "a.jsonl");
        using var file = CaptureFile.Create(path, replaces: false);
        var writer = new CaptureWriter(file, Header, new Timestamp(100));
        writer.Opened(Stream, new Timestamp(110));
        writer.Received(Stream, "{\"a\":\"<é>\\u0041\"}"u8, new Timestamp(130));
        writer.Answered(new Uri("https://venue.test/depth?symbol=BTCUSDT&limit=5"), "{}"u8, new Timestamp(120));
        await FlushAsync(writer);
        file.Finish();

        var lines = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.Select(l => l.GetProperty("kind").GetString()).ShouldBe(["recording", "connect", "ws-in", "http"]);
        lines.Select(l => l.GetProperty("t_ns").GetInt64()).ShouldBe([100, 110, 130, 130]);
        lines[0].GetProperty("dialect").GetString().ShouldBe("binance");
        lines[2].GetProperty("raw").GetString().ShouldBe("{\"a\":\"<é>\\u0041\"}");
        lines[3].GetProperty("url").GetString().ShouldBe("https://venue.test/depth?symbol=BTCUSDT&limit=5");
        writer.Seen.Messages.ShouldBe(2);
    }

    [Fact]
    public async Task Only_public_reads_are_shown()
    {
        var tap = new Tap();
        await using var server = new RawServer(static async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.AnswerAsync("{}");
            }
        });
        var time = new FakeTimeProvider();
        var budget = new VenueBudgets(new MemoryBudgetStore(), time).For("venue", null, isRemembered: false);
        using var transport = new HttpTransport(
            new HttpPools(new VenueNetwork(time)).Rent(new HttpPoolKey("venue", PoolRole.Primary), HttpPoolOptions.Of(PoolRole.Primary), budget),
            new HttpTransportOptions { Tap = tap },
            budget,
            time,
            NullLogger.Instance);
        var at = new Uri($"http://127.0.0.1:{server.Port}");
        HttpCall Call(string path) => new() { Method = HttpMethod.Get, Address = new Uri(at, path), Lane = RequestLane.Read };
        HttpCall[] calls =
        [
            Call("/depth?symbol=A"),
            Call("/account?timestamp=1&signature=ab"),
            Call("/listenKey") with { Headers = [new("X-MBX-APIKEY", "key")] },
            Call("/order") with { Lane = RequestLane.Order },
            Call("/order") with { Method = HttpMethod.Post },
        ];
        foreach (var call in calls)
        {
            (await transport.SendAsync(call, TestContext.Current.CancellationToken)).Status.ShouldBe(200);
        }

        tap.Seen.ShouldBe(["/depth?symbol=A"]);
    }

    private static Task FlushAsync(CaptureWriter writer)
    {
        // On a clock that never moves it flushes when it is stopped.
        using var stop = new CancellationTokenSource();
        var running = writer.RunAsync(new FakeTimeProvider(), stop.Token);
        stop.Cancel();
        return running;
    }

    private sealed class Tap : IWireTap
    {
        public List<string> Seen { get; } = [];

        public void Opened(Uri address, Timestamp at) => Seen.Add($"opened {address.PathAndQuery}");

        public void Received(Uri address, ReadOnlySpan<byte> utf8, Timestamp at) => Seen.Add($"received {address.PathAndQuery}");

        public void Answered(Uri address, ReadOnlySpan<byte> body, Timestamp at) => Seen.Add(address.PathAndQuery);
    }
}

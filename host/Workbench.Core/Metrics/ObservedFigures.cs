using System.Diagnostics.Metrics;
using Workbench.Core.MarketData;
using Workbench.Sdk;

namespace Workbench.Core.Metrics;

/// <summary>Where the observed figures come from; each is read when somebody asks, and not before.</summary>
/// <param name="Connections">Every connection's full status.</param>
/// <param name="MarketData">What waits and what was lost.</param>
/// <param name="Sockets">Open WebSockets by connection.</param>
internal sealed record MetricSource(Func<IReadOnlyList<ConnectionStatus>> Connections, Func<MarketDataStatistics> MarketData, Func<IReadOnlyList<(ConnectionId Connection, int Open)>> Sockets);

/// <summary>The instruments that are read from the engine's state.</summary>
internal sealed class ObservedFigures
{
    private readonly TimeProvider _time;
    private volatile MetricSource? _source;

    public ObservedFigures(Meter meter, TimeProvider time)
    {
        _time = time;
        var began = time.GetTimestamp();
        meter.CreateObservableGauge("workbench.uptime", () => time.GetElapsedTime(began).TotalSeconds, "s", "Time since the host was started.");
        meter.CreateObservableGauge("workbench.connection.up", Up, "1", "1 while a connection works for something, else 0; tags connection, what (data, trading).");
        meter.CreateObservableGauge("workbench.connection.score", Scores, "1", "How good a connection is for something, 0 to 100; tags connection, what (data, trading).");
        meter.CreateObservableGauge("workbench.connection.sockets", Sockets, "{socket}", "Open WebSockets; tag connection.");
        meter.CreateObservableGauge("workbench.rate_limit.used", Used, "1", "How much of the tightest limit is used up, 0 to 1; tag connection.");
        meter.CreateObservableGauge("workbench.market_data.age", Ages, "s", "Age of the newest market data of a connection, and of its oldest subscription; tags connection, of (newest, oldest), channel.");
        meter.CreateObservableGauge("workbench.market_data.waiting", () => _source?.MarketData().Waiting ?? 0, "{message}", "Market data that waits for the pipeline.");
        meter.CreateObservableCounter("workbench.market_data.dropped", Dropped, "{message}", "Market data that was dropped; tag place (inbox, sequencer, reader).");
    }

    public MetricSource? Source
    {
        set => _source = value;
    }

    private IReadOnlyList<ConnectionStatus> Connections => _source?.Connections() ?? [];

    private IEnumerable<Measurement<int>> Up() => Connections.SelectMany<ConnectionStatus, Measurement<int>>(c => [Of(c.DataUp ? 1 : 0, c.Id, "data"), Of(c.TradingUp ? 1 : 0, c.Id, "trading")]);

    private IEnumerable<Measurement<int>> Scores() => Connections.SelectMany<ConnectionStatus, Measurement<int>>(c => [Of(c.DataScore, c.Id, "data"), Of(c.TradingScore, c.Id, "trading")]);

    private IEnumerable<Measurement<int>> Sockets() =>
        (_source?.Sockets() ?? []).Select(s => new Measurement<int>(s.Open, new KeyValuePair<string, object?>("connection", s.Connection.Value)));

    private IEnumerable<Measurement<double>> Used() =>
        Connections.Where(c => c.Budget is not null).Select(c => new Measurement<double>((double)(1 - c.Budget!.ShareLeft), new KeyValuePair<string, object?>("connection", c.Id.Value)));

    private IEnumerable<Measurement<double>> Ages()
    {
        foreach (var c in Connections)
        {
            if (c.LastDataAt is { } at)
            {
                yield return Age(Timestamp.Now(_time) - at, c.Id, "newest", null);
            }

            if (c.OldestData is { } oldest)
            {
                yield return Age(oldest.Age, c.Id, "oldest", oldest.Subscription.Channel.ToString().ToLowerInvariant());
            }
        }
    }

    private IEnumerable<Measurement<long>> Dropped()
    {
        if (_source is { } source)
        {
            var figures = source.MarketData();
            yield return Lost(figures.Dropped, "inbox");
            yield return Lost(figures.OfOlderSessions, "sequencer");
            yield return Lost(figures.Readers.Dropped, "reader");
        }
    }

    private static Measurement<int> Of(int value, ConnectionId connection, string what) =>
        new(value, new KeyValuePair<string, object?>("connection", connection.Value), new KeyValuePair<string, object?>("what", what));

    private static Measurement<long> Lost(long count, string place) => new(count, new KeyValuePair<string, object?>("place", place));

    private static Measurement<double> Age(TimeSpan age, ConnectionId connection, string of, string? channel) => channel is null
        ? new(age.TotalSeconds, new KeyValuePair<string, object?>("connection", connection.Value), new KeyValuePair<string, object?>("of", of))
        : new(age.TotalSeconds, new KeyValuePair<string, object?>("connection", connection.Value), new KeyValuePair<string, object?>("of", of), new KeyValuePair<string, object?>("channel", channel));
}

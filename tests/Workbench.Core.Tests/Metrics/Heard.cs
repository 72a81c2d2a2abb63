using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Workbench.Core.Metrics;

namespace Workbench.Core.Tests.Metrics;

/// <summary>A listener to one engine's figures.</summary>
internal sealed class Heard : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> _all = new();

    public Heard(WorkbenchMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == metrics.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Take(i, v, tags));
        _listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Take(i, v, tags));
        _listener.SetMeasurementEventCallback<int>((i, v, tags, _) => Take(i, v, tags));
        _listener.Start();
    }

    /// <summary>What an instrument has told so far, with tags that hold all the named words.</summary>
    public IReadOnlyList<double> Of(string instrument, params string[] words) =>
        [.. _all.Where(m => m.Instrument == instrument && words.All(w => m.Tags.Values.Any(v => (string?)v == w))).Select(m => m.Value)];

    /// <summary>Reads the observed instruments now.</summary>
    public void Look() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _all.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary()));
}

using Workbench.Core.Health;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>
/// Estimates the venue's clock from questions about its time. The venue read its clock between our send and our receive, so each
/// answer bounds the offset from both sides and the quickest one bounds it best. The lower bound is taken: a request from slightly
/// in the past is accepted, one from the future is not. Safe on any thread.
/// </summary>
internal sealed class VenueClock(TimeProvider time) : IVenueClock
{
    private const int Kept = 16;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private readonly Queue<Sample> _samples = new(Kept);
    private long _offsetTicks;
    private ClockReading? _reading;

    /// <inheritdoc />
    public Timestamp Now => Timestamp.Now(time) + Offset;

    /// <inheritdoc />
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>The round trip of the sample in use; null before the first.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>The bounds of the offset by the sample in use; null before the first.</summary>
    public ClockReading? Reading
    {
        get
        {
            lock (_lock)
            {
                return _reading;
            }
        }
    }

    /// <summary>Takes one answer of the venue's clock.</summary>
    /// <param name="sent">When the question was sent, by this host's clock.</param>
    /// <param name="received">When the answer came, by this host's clock.</param>
    /// <param name="venue">What the venue said.</param>
    public void Observe(Timestamp sent, Timestamp received, Timestamp venue)
    {
        if (received < sent)
        {
            return; // This host's clock was set back in between; the sample means nothing.
        }

        var sample = new Sample(venue - received, venue - sent);
        lock (_lock)
        {
            if (_samples.Any(s => !s.AgreesWith(sample)))
            {
                _samples.Clear(); // One of the two clocks has stepped: only what came after counts.
            }

            if (_samples.Count == Kept)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue(sample);
            var best = _samples.MinBy(s => s.RoundTrip);
            RoundTrip = best.RoundTrip;
            _reading = new ClockReading(best.Low, best.High);
            Interlocked.Exchange(ref _offsetTicks, best.Low.Ticks);
        }
    }

    private readonly record struct Sample(TimeSpan Low, TimeSpan High)
    {
        public TimeSpan RoundTrip => High - Low;

        // Venues cut their time to whole milliseconds, and clocks drift a little between samples.
        public bool AgreesWith(Sample other) => Low <= other.High + Tolerance && other.Low <= High + Tolerance;
    }
}

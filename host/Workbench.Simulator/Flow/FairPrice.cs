namespace Workbench.Simulator.Flow;

/// <summary>
/// The price all venues agree on: a seeded walk on a fixed 100 ms grid that is weakly pulled to where it began. Venues built
/// with the same seed and start compute the same path independently, which keeps their quotes near each other.
/// </summary>
internal sealed class FairPrice(ulong seed, string symbol, decimal start, long startMicros)
{
    private const long GridMicros = 100_000;

    // Beyond this the walk jumps over the gap: a machine that slept must not compute its night.
    private const int MostSteps = 20_000;

    private readonly decimal _start = start;
    private Pcg32 _rng = new(seed, Pcg32.StreamOf("fair", symbol));
    private long _steps;

    public decimal Value { get; private set; } = start;

    public void AdvanceTo(long micros)
    {
        var target = (micros - startMicros) / GridMicros;
        if (target - _steps > MostSteps)
        {
            _steps = target - MostSteps;
        }

        for (; _steps < target; _steps++)
        {
            var noise = _rng.Bell(60) * 0.000001m;
            var pull = (_start - Value) / _start * 0.000002m;
            Value = decimal.Round(Value * (1 + noise + pull), 12);
        }
    }
}

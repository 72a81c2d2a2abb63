using Workbench.Simulator.Margin;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// Index, mark and funding of one perpetual, renewed ten times a second. The mark is the index plus the smoothed distance of
/// the perpetual's own book; the funding rate is interest plus the slower average of that distance.
/// </summary>
internal sealed class PerpetualPrices
{
    private const long PeriodMicros = 100_000;
    private const long SampleMicros = 1_000_000;
    private const int LimitSamples = 30;
    private const decimal MarkSmoothing = 0.05m;
    private const decimal FundingSmoothing = 0.001m;
    private const decimal Interest = 0.0001m;
    private const decimal InterestReach = 0.0005m;
    private readonly Contract _contract;
    private readonly Market _spot;
    private readonly Market _own;
    private readonly Queue<decimal> _premiums = new();
    private decimal _distance;
    private decimal _averageRatio;
    private long _dueMicros;
    private long _sampleMicros;

    public PerpetualPrices(Contract contract, Market spot, Market own, long nowMicros)
    {
        (_contract, _spot, _own) = (contract, spot, own);
        Index = IndexPrice.Of(spot);
        Mark = Rounded(Index);
        NextFundingMicros = NextAfter(nowMicros);
    }

    public decimal Index { get; private set; }
    public decimal Mark { get; private set; }
    public long NextFundingMicros { get; private set; }
    public Market Market => _own;
    public Contract Contract => _contract;

    /// <summary>With the filters and the status that hold now.</summary>
    public Instrument Instrument => _own.Instrument;

    public decimal FundingRate => decimal.Round(
        Math.Clamp(
            _averageRatio + Math.Clamp(Interest - _averageRatio, -InterestReach, InterestReach),
            -_contract.FundingCap,
            _contract.FundingCap),
        8);

    private long IntervalMicros => _contract.FundingIntervalMinutes * 60_000_000L;

    /// <summary>False when it was not time yet to look at the books again.</summary>
    public bool AdvanceTo(long nowMicros)
    {
        if (Due.IsAhead(_dueMicros, nowMicros, PeriodMicros))
        {
            return false;
        }

        _dueMicros = nowMicros + PeriodMicros;
        if (NextFundingMicros - nowMicros > IntervalMicros)
        {
            // The clock was put back.
            NextFundingMicros = NextAfter(nowMicros);
        }

        Index = IndexPrice.Of(_spot);
        var distance = IndexPrice.Of(_own) - Index;
        _distance = decimal.Round(_distance + ((distance - _distance) * MarkSmoothing), 12);
        _averageRatio = decimal.Round(_averageRatio + (((distance / Index) - _averageRatio) * FundingSmoothing), 18);
        Mark = Rounded(Index + _distance);
        Sample(nowMicros);
        return true;
    }

    public void FundingDone(long nowMicros) => NextFundingMicros = NextAfter(nowMicros);

    /// <summary>Highest price of a buy and lowest of a sell now.</summary>
    public (decimal MaxBuy, decimal MinSell) Limits()
    {
        var premium = _premiums.Count == 0 ? 0 : _premiums.Sum() / _premiums.Count;
        var (x, y) = (_contract.PriceLimitRatioX, _contract.PriceLimitRatioY);
        var maxBuy = Math.Min(Mark * (1 + y), Math.Max(Index, (Mark * (1 + x)) + Math.Max(0, premium)));
        var minSell = Math.Max(Mark * (1 - y), Math.Min(Index, (Mark * (1 - x)) + Math.Min(0, premium)));
        var instrument = Instrument;
        return (instrument.FloorToTick(maxBuy), instrument.FloorToTick(minSell + instrument.TickSize - 0.00000001m));
    }

    private void Sample(long nowMicros)
    {
        if (Due.IsAhead(_sampleMicros, nowMicros, SampleMicros))
        {
            return;
        }

        _sampleMicros = nowMicros + SampleMicros;
        _premiums.Enqueue(IndexPrice.Of(_own) - Mark);
        if (_premiums.Count > LimitSamples)
        {
            _premiums.Dequeue();
        }
    }

    private decimal Rounded(decimal price)
    {
        var tick = _contract.Instrument.TickSize;
        return Math.Max(tick, decimal.Round(price / tick) * tick);
    }

    private long NextAfter(long nowMicros) => (nowMicros / IntervalMicros * IntervalMicros) + IntervalMicros;
}

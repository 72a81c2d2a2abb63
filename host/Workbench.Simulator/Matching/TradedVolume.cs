namespace Workbench.Simulator.Matching;

/// <summary>Traded quote amounts by UTC day, as far back as fee tiers look.</summary>
internal sealed class TradedVolume
{
    public const int Days = 30;
    private const long DayMicros = 86_400_000_000;
    private readonly Queue<(long Day, decimal Quote)> _days = [];
    private long _day;
    private decimal _today;
    private decimal _past;

    public void Add(long timeMicros, decimal quote)
    {
        AdvanceTo(timeMicros / DayMicros);
        _today += quote;
    }

    /// <summary>What was traded on the 30 whole days before this moment's; today counts from tomorrow on.</summary>
    public decimal Before(long timeMicros)
    {
        AdvanceTo(timeMicros / DayMicros);
        return _past;
    }

    private void AdvanceTo(long day)
    {
        if (day <= _day)
        {
            return;
        }

        if (_today > 0)
        {
            _days.Enqueue((_day, _today));
            _past += _today;
        }

        while (_days.TryPeek(out var oldest) && oldest.Day < day - Days)
        {
            _past -= _days.Dequeue().Quote;
        }

        (_day, _today) = (day, 0);
    }
}

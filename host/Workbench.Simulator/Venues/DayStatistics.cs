namespace Workbench.Simulator.Venues;

/// <summary>Figures of a rolling window, usually 24 hours.</summary>
internal readonly record struct DayStatistics(Candle Window, decimal PreviousClose, decimal LastQuantity)
{
    public decimal Change => Window.Close - Window.Open;

    public decimal ChangePercent => Window.Open == 0 ? 0 : decimal.Round(Change * 100 / Window.Open, 3);

    public decimal WeightedAverage => Window.Volume == 0 ? 0 : decimal.Round(Window.QuoteVolume / Window.Volume, 8);
}

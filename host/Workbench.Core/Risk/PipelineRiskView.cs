using Workbench.Core.Execution;
using Workbench.Core.MarketData;
using Workbench.Core.Portfolio;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Risk;

/// <summary>What the risk gate sees of the pipeline's state, for the one order being checked. Pipeline thread only.</summary>
internal sealed class PipelineRiskView(ExecutionCore core, PortfolioBook portfolio, MarketBoard markets, Boards boards) : IRiskView
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(1);

    private readonly List<Timestamp> _passed = [];
    private ClientOrderId _checked;
    private Symbol _symbol;
    private ConnectionId _target;

    public Timestamp Now { get; private set; }

    public Quote? Quote => markets.Latest(_target, _symbol);

    public string? QuoteProblem => markets.Find(_target, _symbol)?.QuoteProblem;

    public string? BookProblem => markets.Find(_target, _symbol)?.BookProblem;

    public Instrument? Instrument => boards.Instruments(_target).TryGet(_symbol, out var instrument) ? instrument : null;

    public IReadOnlyList<Order> OpenOrders => [.. core.Open.Where(o => o.Id != _checked)];

    public IReadOnlyList<Timestamp> RecentOrders => _passed;

    public NetQuantity Position(Asset asset) => new(portfolio.Totals.Where(p => p.Symbol.Base == asset).Sum(p => p.Net.Value));

    /// <summary>Turns the view to one order and the connection it would go to.</summary>
    public PipelineRiskView For(IntentCreated intent, ConnectionId target)
    {
        (Now, _checked, _symbol, _target) = (intent.At, intent.Id, intent.Request.Symbol, target);
        return this;
    }

    /// <summary>The order being checked has passed.</summary>
    public void Passed()
    {
        var expired = 0;
        while (expired < _passed.Count && Now - _passed[expired] >= RateWindow)
        {
            expired++;
        }

        // Seldom: each removal moves what stays.
        if (expired > _passed.Count / 2)
        {
            _passed.RemoveRange(0, expired);
        }

        _passed.Add(Now);
    }
}

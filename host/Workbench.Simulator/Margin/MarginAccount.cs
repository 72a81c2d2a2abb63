using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Margin;

/// <summary>
/// The derivatives side of a unified account. Its wallet is the account's own balance of the settle coin: spot locks and
/// margin draw on the same money. State belongs to the venue's lock.
/// </summary>
internal sealed class MarginAccount(Account account, Balance wallet)
{
    private readonly Dictionary<string, Holding> _holdings = [];

    /// <summary>The account under which the contracts' engine knows it.</summary>
    public Account Account { get; } = account;

    public Balance Wallet { get; } = wallet;

    /// <summary>The spot account it belongs to.</summary>
    public Account Owner { get; init; } = account;

    /// <summary>Mode of the contracts that are touched from now on.</summary>
    public PositionMode Mode { get; set; }

    /// <summary>False: an order beyond the price limit is refused instead of moved to it.</summary>
    public bool MovesPrices { get; set; } = true;

    public IReadOnlyCollection<Holding> Holdings => _holdings.Values;

    public bool IsIdle => _holdings.Values.All(h => h.IsFlat && h.OrderMargin == 0);

    /// <summary>What the account's orders in a contract bind.</summary>
    public decimal OrderMargin(Holding holding) => holding.OrderMargin ??= OrderMargin(holding, default, null);

    public Holding Holding(Contract contract)
    {
        if (!_holdings.TryGetValue(contract.Symbol, out var holding))
        {
            holding = _holdings[contract.Symbol] = new Holding(contract, Mode);
        }

        return holding;
    }

    /// <summary>The same with one order more (a quantity of 0 adds none) and perhaps without another.</summary>
    public decimal OrderMargin(Holding holding, WorkingOrder extra, Order? except)
    {
        var working = Account.OpenOrders
            .Where(o => o.IsWorking && o.Remaining > 0 && o.Symbol == holding.Contract.Symbol && !ReferenceEquals(o, except))
            .Select(o => new WorkingOrder(o.Side, o.Price, o.Remaining, o.PositionIndex, o.ReduceOnly));
        return MarginMath.OrderMargin(holding, extra.Quantity > 0 ? working.Append(extra) : working, Account.FeeRates(holding.Contract.Symbol).Taker);
    }

    public MarginState State(Func<string, decimal> mark)
    {
        var state = default(MarginState);
        foreach (var holding in _holdings.Values)
        {
            state = state with { OrderMargin = state.OrderMargin + OrderMargin(holding) };
            if (holding.IsFlat)
            {
                continue;
            }

            var price = mark(holding.Contract.Symbol);
            foreach (var position in holding.Positions)
            {
                state = state with
                {
                    PositionMargin = state.PositionMargin + holding.InitialMargin(position, price),
                    Maintenance = state.Maintenance + holding.MaintenanceMargin(position, price),
                    Unrealised = state.Unrealised + position.Unrealised(price),
                };
            }
        }

        return state;
    }

    /// <summary>What new orders may bind. Unrealised profit counts, unrealised loss is deducted.</summary>
    public decimal Available(Func<string, decimal> mark)
    {
        var state = State(mark);
        return Wallet.Free + state.Unrealised - state.InitialMargin;
    }

    /// <summary>Tells the wallet what spot orders may no longer spend.</summary>
    public void Pledge(Func<string, decimal> mark)
    {
        var state = State(mark);
        Wallet.Pledged = Math.Max(0, state.InitialMargin - state.Unrealised);
    }
}

/// <summary>Margin figures of an account over all its contracts, in the settle coin.</summary>
internal readonly record struct MarginState(decimal PositionMargin, decimal OrderMargin, decimal Maintenance, decimal Unrealised)
{
    public decimal InitialMargin => PositionMargin + OrderMargin;
}

using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit;

/// <summary>Default allowances of a unified account, per second; order commands as on spot.</summary>
internal readonly record struct Limit(string Endpoint, int PerSecond)
{
    public static readonly Limit Create = new("order/create", 20);
    public static readonly Limit Amend = new("order/amend", 10);
    public static readonly Limit Cancel = new("order/cancel", 20);
    public static readonly Limit CancelAll = new("order/cancel-all", 20);
    public static readonly Limit CreateBatch = new("order/create-batch", 20);
    public static readonly Limit AmendBatch = new("order/amend-batch", 20);
    public static readonly Limit CancelBatch = new("order/cancel-batch", 20);
    public static readonly Limit Realtime = new("order/realtime", 50);
    public static readonly Limit History = new("order/history", 50);
    public static readonly Limit Executions = new("execution/list", 50);
    public static readonly Limit Positions = new("position/list", 50);
    public static readonly Limit Wallet = new("account/wallet-balance", 50);
    public static readonly Limit AccountInfo = new("account/info", 50);
    public static readonly Limit FeeRate = new("account/fee-rate", 5);
    public static readonly Limit QueryApi = new("user/query-api", 10);
    public static readonly Limit TransactionLog = new("account/transaction-log", 25);
    public static readonly Limit CoinInfo = new("asset/coin/query-info", 5);
    public static readonly Limit Leverage = new("position/set-leverage", 10);
    public static readonly Limit SwitchMode = new("position/switch-mode", 10);
    public static readonly Limit TradingStop = new("position/trading-stop", 10);
    public static readonly Limit PriceAction = new("account/set-limit-px-action", 10);
    public static readonly Limit ClosedPnl = new("position/closed-pnl", 50);

    // Order entry of contracts has half the allowance of spot, and a window of its own.
    private const int LinearOrdersPerSecond = 10;

    /// <summary>The allowance of an order command in a category.</summary>
    public Limit For(string category) =>
        category == Categories.Linear ? new Limit(Endpoint + "@linear", LinearOrdersPerSecond) : this;
}

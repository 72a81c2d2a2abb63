using Workbench.Simulator.Margin;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>What contracts add to a wallet: margin and profit in the settle coin.</summary>
internal readonly record struct WalletMargin(string Coin, MarginState State, decimal Realised);

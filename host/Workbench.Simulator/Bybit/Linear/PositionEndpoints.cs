using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Rest;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>Positions: the list, leverage, mode and stops; and what an account may set for contracts.</summary>
internal sealed class PositionEndpoints(LinearVenue linear, LinearPushes pushes, OrderGateway gateway)
{
    private const int MaxRows = 200;
    private readonly TradingStop _tradingStop = new(linear, pushes);

    public IEnumerable<RestRoute> All =>
    [
        RestRoute.Private("/v5/position/list", Limit.Positions, List),
        RestRoute.Private("/v5/account/fee-rate", Limit.FeeRate, FeeRates),
        Setting("/v5/position/set-leverage", Limit.Leverage, SetLeverage),
        Setting("/v5/position/switch-mode", Limit.SwitchMode, SwitchMode),
        Setting("/v5/position/trading-stop", Limit.TradingStop, (margin, body, engine) => _tradingStop.Apply(engine, margin, body)),
        Setting("/v5/account/set-limit-px-action", Limit.PriceAction, SetPriceAction),
    ];

    private RestRoute Setting(string path, Limit limit, Func<MarginAccount, JsonElement, MatchingEngine, BybitError> apply) =>
        RestRoute.Command(path, call => gateway.Change(call.Credential!, limit, () =>
        {
            var error = call.Body.Text("category") == Categories.Linear ? BybitError.None : BybitError.Parameter("Illegal category");
            error = error.IsNone
                ? linear.Execute(engine => apply(linear.Join(call.Credential!.Account), call.Body, engine))
                : error;
            return error.IsNone ? Reply.Ok(static _ => { }) : Reply.Fail(error);
        }));

    // With a symbol a row comes even when flat; with a coin only what is held.
    private Reply List(RestCall call)
    {
        var (symbol, coin) = (call.Text("symbol"), call.Text("settleCoin"));
        var error = Categories.Check(call.Category);
        if (!error.IsNone || (symbol.Length > 0 && call.Category == Categories.Linear && linear.Prices(symbol) is null))
        {
            return Reply.Fail(error.IsNone ? LinearError.UnknownSymbol : error);
        }

        if (call.Category == Categories.Linear && symbol.Length + coin.Length == 0)
        {
            return Reply.Fail(BybitError.Parameter("params error: symbol or settleCoin is required"));
        }

        return linear.Execute(_ =>
        {
            var margin = linear.Join(call.Account);
            IEnumerable<Position> positions = call.Category != Categories.Linear ? []
                : symbol.Length > 0 ? margin.Holding(linear.Prices(symbol)!.Contract).Positions
                : margin.Holdings.Where(h => h.Contract.SettleAsset == coin).SelectMany(h => h.Positions).Where(p => !p.IsFlat);
            return Reply.Ok(writer =>
            {
                writer.WriteString("nextPageCursor", "");
                writer.WriteString("category", call.Category);
                writer.WriteList("list", positions.Take(call.Limit(20, MaxRows)), (w, p) => PositionJson.Write(w, linear, margin, p, isPush: false));
            });
        });
    }

    private Reply FeeRates(RestCall call)
    {
        var symbol = call.Text("symbol");
        return symbol.Length > 0 && linear.Prices(symbol) is null
            ? Reply.Fail(LinearError.UnknownSymbol)
            : linear.Execute(_ =>
            {
                var account = linear.Join(call.Account).Account;
                return Reply.Ok(writer =>
                {
                    writer.WriteString("category", Categories.Linear);
                    writer.WriteList("list", linear.All.Where(p => symbol.Length == 0 || p.Contract.Symbol == symbol), (w, p) =>
                    {
                        var rates = account.FeeRates(p.Contract.Symbol);
                        w.WriteStartObject();
                        w.WriteString("symbol", p.Contract.Symbol);
                        w.WriteAmount("takerFeeRate", rates.Taker);
                        w.WriteAmount("makerFeeRate", rates.Maker);
                        w.WriteEndObject();
                    });
                });
            });
    }

    private BybitError SetLeverage(MarginAccount margin, JsonElement body, MatchingEngine engine)
    {
        if (linear.Prices(body.Text("symbol")) is not { } prices)
        {
            return LinearError.UnknownSymbol;
        }

        var (contract, holding) = (prices.Contract, margin.Holding(prices.Contract));
        if (!body.TryAmount("buyLeverage", out var buy) || !body.TryAmount("sellLeverage", out var sell)
            || !IsAllowed(contract, buy) || !IsAllowed(contract, sell) || (holding.Mode == PositionMode.OneWay && buy != sell))
        {
            return BybitError.Parameter("params error: buyLeverage or sellLeverage invalid");
        }

        if (holding.BuyLeverage == buy && holding.SellLeverage == sell)
        {
            return LinearError.LeverageUnchanged;
        }

        var before = (holding.BuyLeverage, holding.SellLeverage);
        (holding.BuyLeverage, holding.SellLeverage, holding.OrderMargin) = (buy, sell, null);
        if (margin.Available(linear.Mark) < 0 && (buy < before.BuyLeverage || sell < before.SellLeverage))
        {
            (holding.BuyLeverage, holding.SellLeverage) = before;
            holding.OrderMargin = null;
            return LinearError.MarginShort;
        }

        foreach (var position in holding.Positions)
        {
            pushes.PushPosition(margin.Account, position);
        }

        return BybitError.None;
    }

    private BybitError SwitchMode(MarginAccount margin, JsonElement body, MatchingEngine engine)
    {
        if (body.Whole("mode") is not (0 or 3))
        {
            return BybitError.Parameter("params error: mode invalid");
        }

        var mode = (PositionMode)body.Whole("mode")!.Value;
        var symbol = body.Text("symbol");
        if (symbol.Length > 0 ? linear.Prices(symbol) is null : body.Text("coin") != LinearVenue.SettleCoin)
        {
            return LinearError.UnknownSymbol;
        }

        List<Holding> holdings = [.. linear.All.Where(p => symbol.Length == 0 || p.Contract.Symbol == symbol).Select(p => margin.Holding(p.Contract))];
        if (holdings.TrueForAll(h => h.Mode == mode))
        {
            return LinearError.ModeUnchanged;
        }

        if (holdings.Exists(h => !h.IsFlat))
        {
            return LinearError.HasPosition;
        }

        if (margin.Account.OpenOrders.Any(o => holdings.Exists(h => h.Contract.Symbol == o.Symbol)))
        {
            return LinearError.HasOrders;
        }

        holdings.ForEach(h => h.Mode = mode);
        return BybitError.None;
    }

    private static BybitError SetPriceAction(MarginAccount margin, JsonElement body, MatchingEngine engine)
    {
        var wanted = body.Member("modifyEnable");
        if (wanted.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return BybitError.Parameter("params error: modifyEnable invalid");
        }

        margin.MovesPrices = wanted.ValueKind == JsonValueKind.True;
        return BybitError.None;
    }

    private static bool IsAllowed(Contract contract, decimal leverage) =>
        leverage >= contract.MinLeverage && leverage <= contract.MaxLeverage && leverage % contract.LeverageStep == 0;
}

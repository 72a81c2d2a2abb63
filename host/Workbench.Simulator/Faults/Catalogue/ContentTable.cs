using System.Text.Json.Nodes;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of what messages and answers say.</summary>
internal static class ContentTable
{
    private static readonly string[] ClientIds = ["clientOrderId", "orderLinkId", "c"];
    private static readonly string[] Symbols = ["symbol", "s"];
    private static readonly FaultOption<string> Price = FaultOption.OneOf(
        "price", "zero", "What every price becomes.", "zero", "negative", "nan", "infinite", "tiny", "long", "text", "up", "down");

    private static readonly FaultOption<decimal?> Percent = FaultOption.Number("percent", 0.01m, 99m, 50m, "How far up or down.");
    private static readonly FaultOption<int?> Behind = FaultOption.Whole("by", 1, 1_000_000_000, 1000, "How many update ids the snapshot is behind.");
    private static readonly FaultOption<TimeSpan> Age = FaultOption.Duration("age", "0ms", "30d", "1d", "How old the state is that came back.");
    private static readonly FaultOption<string> Swapped = FaultOption.OneOf("what", "client-id", "What belongs to another order.", "client-id", "symbol");

    private static readonly FaultOption<string?> Listed = FaultOption.Text("market", "symbol", "BTCUSDT", "Whose entry in the list changes.");
    private static readonly FaultOption<string> Meaning = FaultOption.OneOf(
        "what", "quote", "What changes: it is quoted in USD, its base is another coin, or a unit stands for a thousand (which only Bybit's list can say).", "quote", "base", "unit");

    public static IEnumerable<FaultDefinition> All =>
    [
        new("bad-price", "E27, E28", "Market data shows prices that cannot be, or absurd ones, in messages and answers alike.")
        {
            Own = [Price, Percent],
            Requests = RequestKinds.MarketData,
            Frames = FrameKinds.Market & ~FrameKinds.Status,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) => Rewrite(exchange, root => JsonEdit.Prices(root, text => Distorted(fault, text))),
            OnFrame = static (fault, post) => Rewrite(fault, post, root => JsonEdit.Prices(root, text => Distorted(fault, text))),
        },
        new("update-ids-reset", "E25, E43", "Books count their updates from 1 again, in messages and answers alike.")
        {
            NeedsSymbol = true,
            IsSteady = true,
            Requests = RequestKinds.MarketData,
            Frames = FrameKinds.Books | FrameKinds.Best,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) => Rewrite(exchange, root => JsonEdit.UpdateIds(root, id => fault.State<Counters>().Shift(exchange.Request.Symbol, id))),
            OnFrame = static (fault, post) => Rewrite(fault, post, root => JsonEdit.UpdateIds(root, id => fault.State<Counters>().Shift(post.Info.Symbol, id))),
        },
        new("unit-changed", "E29", "The venue's list of markets says that an order in a market means something else than before; what is traded stays as it is.")
        {
            Own = [Listed, Meaning],
            HasSymbol = false,
            IsSteady = true,
            Requests = RequestKinds.MarketData,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) => Rewrite(exchange, root => JsonEdit.Market(root, fault.Get(Listed)!, market => Relabel(market, fault.Get(Meaning)))),
        },
        new("state-restored", "E43", "The venue came back with an old state: what happened since is unknown to queries, and update ids are lower than they were.")
        {
            Own = [Age, Behind],
            IsSteady = true,
            Requests = RequestKinds.MarketData,
            Frames = FrameKinds.Books | FrameKinds.Best,
            Stage = static _ => Stage.After,
            Hides = static (fault, order, _) => order.CreatedMicros > fault.StartMicros - (long)fault.Get(Age).TotalMicroseconds,
            OnRequest = static (fault, exchange) => Rewrite(exchange, root => JsonEdit.UpdateIds(root, id => Math.Max(1, id - fault.Get(Behind)!.Value))),
            OnFrame = static (fault, post) => Rewrite(fault, post, root => JsonEdit.UpdateIds(root, id => Math.Max(1, id - fault.Get(Behind)!.Value))),
        },
        new("stale-snapshot", "E25", "Snapshots of books are older than the stream.")
        {
            Own = [Behind],
            Requests = RequestKinds.MarketData,
            Frames = FrameKinds.Snapshot,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) => Rewrite(exchange, root => JsonEdit.UpdateIds(root, id => Math.Max(1, id - fault.Get(Behind)!.Value))),
            OnFrame = static (fault, post) => Rewrite(fault, post, root => JsonEdit.UpdateIds(root, id => Math.Max(1, id - fault.Get(Behind)!.Value))),
        },
        new("answer-swapped", "E14", "The answer to an order is that to another one: another client id, or another symbol.")
        {
            Own = [Swapped],
            Requests = RequestKinds.Trading,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) => Rewrite(exchange, root => fault.Get(Swapped) == "symbol"
                ? JsonEdit.Texts(root, Symbols, static symbol => symbol == "BTCUSDT" ? "ETHUSDT" : "BTCUSDT")
                : JsonEdit.Texts(root, ClientIds, static id => "other-" + id)),
        },
        new("empty-lists", "E36", "Answers that hold a list hold an empty one.")
        {
            Requests = RequestKinds.Queries | RequestKinds.Account,
            Stage = static _ => Stage.After,
            OnRequest = static (_, exchange) => Rewrite(exchange, JsonEdit.Lists),
        },
        new("stale-answers", "E36, E43", "Queries are answered with what they were answered first since the fault began.")
        {
            IsSteady = true,
            Requests = RequestKinds.Queries | RequestKinds.Account,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) =>
            {
                exchange.Body = fault.State<FrozenAnswers>().Of(exchange.Identity, exchange.Body);
                return ValueTask.CompletedTask;
            },
        },
    ];

    private static bool Relabel(JsonObject market, string what)
    {
        var (name, value) = what switch
        {
            "quote" => (market.ContainsKey("quoteAsset") ? "quoteAsset" : "quoteCoin", "USD"),
            "base" => (market.ContainsKey("baseAsset") ? "baseAsset" : "baseCoin", "OTHER"),
            _ => ("xstockMultiplier", "1000"),
        };
        if (!market.ContainsKey(name))
        {
            return false;
        }

        market[name] = value;
        return true;
    }

    private static string Distorted(ActiveFault fault, string text) => fault.Get(Price) switch
    {
        "zero" => "0",
        "negative" => "-" + text,
        "nan" => "NaN",
        "infinite" => "1e400",
        "tiny" => "1e-30",
        "long" => text + (text.Contains('.', StringComparison.Ordinal) ? "" : ".") + new string('1', 40),
        "text" => "price",
        "up" => Times(text, 1 + (fault.Get(Percent)!.Value / 100)),
        _ => Times(text, 1 - (fault.Get(Percent)!.Value / 100)),
    };

    private static string Times(string text, decimal factor) => FaultText.Number(text) is { } price
        ? decimal.Round(price * factor, 8).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : text;

    private static ValueTask Rewrite(Exchange exchange, Func<JsonNode, bool> change)
    {
        exchange.Body = JsonEdit.Change(exchange.Body, change);
        return ValueTask.CompletedTask;
    }

    private static void Rewrite(ActiveFault fault, FramePost post, Func<JsonNode, bool> change)
    {
        if (fault.TryStrike(post))
        {
            post.Frames[0] = post.Frames[0] with { Bytes = JsonEdit.Change(post.Frames[0].Bytes, change) };
        }
    }

    /// <summary>Where each book's ids begin again.</summary>
    private sealed class Counters
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, long> _first = new(StringComparer.Ordinal);

        public long Shift(string? symbol, long id)
        {
            lock (_lock)
            {
                if (!_first.TryGetValue(symbol ?? "", out var first))
                {
                    _first[symbol ?? ""] = first = id - 1;
                }

                return Math.Max(1, id - first);
            }
        }
    }

    private sealed class FrozenAnswers
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, byte[]> _first = new(StringComparer.Ordinal);

        public byte[] Of(string request, byte[] answer)
        {
            lock (_lock)
            {
                return _first.TryGetValue(request, out var first) ? first : _first[request] = answer;
            }
        }
    }
}

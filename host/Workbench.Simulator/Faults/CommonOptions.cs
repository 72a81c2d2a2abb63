namespace Workbench.Simulator.Faults;

/// <summary>Options that many faults share: how long, how often, and what is meant.</summary>
internal static class CommonOptions
{
    public static readonly Dictionary<string, RequestKinds> RequestNames = new()
    {
        ["market-data"] = RequestKinds.MarketData,
        ["orders"] = RequestKinds.Orders,
        ["cancels"] = RequestKinds.Cancels,
        ["queries"] = RequestKinds.Queries,
        ["account"] = RequestKinds.Account,
        ["streams"] = RequestKinds.Streams,
        ["user-streams"] = RequestKinds.UserStreams,
        ["trade-sockets"] = RequestKinds.TradeSockets,
        ["calls"] = RequestKinds.Calls,
        ["sockets"] = RequestKinds.Sockets,
        ["all"] = RequestKinds.All,
    };

    public static readonly Dictionary<string, FrameKinds> ChannelNames = new()
    {
        ["book"] = FrameKinds.Books,
        ["best"] = FrameKinds.Best,
        ["trades"] = FrameKinds.Trade,
        ["ticker"] = FrameKinds.Ticker,
        ["klines"] = FrameKinds.Kline,
        ["status"] = FrameKinds.Status,
        ["orders"] = FrameKinds.Orders,
        ["fills"] = FrameKinds.Fill,
        ["balances"] = FrameKinds.Balance,
        ["positions"] = FrameKinds.Position,
        ["market"] = FrameKinds.Market,
        ["user"] = FrameKinds.User,
        ["all"] = FrameKinds.Data,
    };

    public static readonly FaultOption<TimeSpan?> For = FaultOption.OptionalDuration("for", "1ms", "30d", "The fault clears itself after this time.");
    public static readonly FaultOption<int?> Count = FaultOption.Whole("count", 1, 1_000_000, null, "The fault clears itself after this many strikes.");
    public static readonly FaultOption<decimal?> Chance = FaultOption.Number("chance", 0m, 1m, 1m, "How likely it strikes when it could; drawn from the fault seed.");
    public static readonly FaultOption<int?> Nth = FaultOption.Whole("nth", 1, 1_000_000, 1, "It strikes every n-th time that it could.");
    public static readonly FaultOption<int?> Skip = FaultOption.Whole("skip", 0, 1_000_000, 0, "It lets this many pass first.");
    public static readonly FaultOption<string?> Symbol = FaultOption.Text("symbol", "symbol", null, "Only what concerns this symbol, in the venue's spelling.");
    public static readonly FaultOption<string> Via = FaultOption.OneOf("via", "any", "Only requests that come this way.", "any", "rest", "socket");

    public static readonly FaultOption<RequestKinds> Requests = FaultOption.Set("requests", "all", "Only requests of these kinds.", RequestNames);
    public static readonly FaultOption<FrameKinds> Channel = FaultOption.Set("channel", "all", "Only messages of these channels.", ChannelNames);

    public static IEnumerable<FaultOption> Of(FaultDefinition fault)
    {
        yield return For;
        if (!fault.IsSteady)
        {
            yield return Count;
            yield return Chance;
            yield return Nth;
            yield return Skip;
        }

        if (fault.Requests != 0)
        {
            yield return FaultOption.Set("requests", Names(fault.Requests, RequestNames), "Only requests of these kinds.", RequestNames);
            if (!fault.IsHttpOnly)
            {
                yield return Via;
            }
        }

        if ((fault.Frames & FrameKinds.Data) != 0)
        {
            yield return FaultOption.Set("channel", Names(fault.Frames, ChannelNames), "Only messages of these channels.", ChannelNames);
        }

        if (fault.HasSymbol)
        {
            yield return Symbol;
        }
    }

    // The shortest way to write a set: a name for all of it, or the names of its parts.
    private static string Names<T>(T set, Dictionary<string, T> names)
        where T : struct, Enum
    {
        var whole = names.FirstOrDefault(n => EqualityComparer<T>.Default.Equals(n.Value, set)).Key;
        return whole ?? string.Join(",", names.Where(n => set.HasFlag(n.Value)).Select(n => n.Key));
    }
}

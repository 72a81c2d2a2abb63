using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tapes;

/// <summary>What one symbol of a capture holds, from a first pass over the file.</summary>
internal sealed class CaptureSymbol(string symbol)
{
    public string Symbol => symbol;
    public int PriceDecimals { get; set; }
    public int QuantityDecimals => QuantityStep.Decimals;
    public QuantityStep QuantityStep { get; } = new();
    public decimal Price { get; set; }

    /// <summary>U of the first difference; 0 without any.</summary>
    public long FirstId { get; set; }

    /// <summary>First recorded depth snapshot, if the recording has one.</summary>
    public byte[]? Snapshot { get; set; }

    /// <summary>Whether single trades were recorded; aggregates then tell nothing new.</summary>
    public bool HasTrades { get; set; }

    /// <summary>Recorded topics of a Bybit capture.</summary>
    public HashSet<string> Topics { get; } = new(StringComparer.Ordinal);

    /// <summary>The deepest recorded book of a Bybit capture beyond the best prices; null without one.</summary>
    public string? DeepestBook { get; set; }
}

/// <summary>First pass over a capture: which symbols, with which precision, and which snapshots.</summary>
internal static class CaptureIndex
{
    // Precision is settled long before; later events only need their stream and ids.
    private const int ExaminedEvents = 5000;

    // Clients' own trades are numbered far above every recorded one.
    private const long FirstOwnTradeId = 9_000_000_000_000;

    /// <exception cref="TapeException">The file is no capture, or not of Binance market streams.</exception>
    public static Dictionary<string, CaptureSymbol> Build(string path, string dialect)
    {
        if (DialectOf(path) is var recorded && recorded != dialect)
        {
            throw new TapeException(path, $"it was recorded from {recorded} and cannot be played in the {dialect} dialect");
        }

        var symbols = new Dictionary<string, CaptureSymbol>(StringComparer.Ordinal);
        var examined = 0;
        foreach (var record in CaptureReader.Read(path))
        {
            if (record.Kind == CaptureKind.Http && SnapshotSymbol(record) is { } name)
            {
                Get(symbols, name).Snapshot ??= record.Raw;
            }
            else if (record.Kind == CaptureKind.StreamIn && Parse(dialect, in record) is { } e)
            {
                var symbol = Get(symbols, e.Symbol);
                symbol.HasTrades |= e.Kind == CaptureEventKind.Trade && e.Stream.EndsWith("@trade", StringComparison.Ordinal);
                NoteTopic(symbol, e);
                if (examined++ < ExaminedEvents || symbol.FirstId == 0 || symbol.Price == 0)
                {
                    Examine(symbol, e);
                }
            }
        }

        return symbols.Count > 0 ? symbols : throw new TapeException(path, $"it holds no spot market stream of {dialect}");
    }

    /// <summary>A recorded stream message in its dialect; null for anything else.</summary>
    public static CaptureEvent? Parse(string dialect, in CaptureRecord record) =>
        dialect == "bybit" ? BybitEvents.Parse(record.Raw, record.Url) : CaptureEvent.Parse(record.Raw, record.Url);

    // Older recordings do not say; their addresses do.
    private static string DialectOf(string path) => CaptureReader.Read(path).Take(20)
        .Select(r => r.Dialect ?? (r.Url.Contains("bybit", StringComparison.Ordinal) || r.Url.Contains("/v5/", StringComparison.Ordinal) ? "bybit" : null))
        .FirstOrDefault(d => d is not null) ?? "binance";

    /// <summary>The symbol of a recorded depth reply, else null.</summary>
    public static string? SnapshotSymbol(in CaptureRecord record)
    {
        var at = record.Url.IndexOf("symbol=", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || !record.Url.Contains("/depth", StringComparison.Ordinal) || record.Raw.Length == 0 || record.Raw[0] != '{'
            || record.Raw.AsSpan().IndexOf("\"lastUpdateId\""u8) < 0)
        {
            return null;
        }

        var text = record.Url[(at + 7)..];
        var end = text.IndexOf('&', StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).ToUpperInvariant();
    }

    public static Instrument Instrument(CaptureSymbol symbol)
    {
        var (baseAsset, quoteAsset) = SymbolNames.Split(symbol.Symbol);
        return TapeInstruments.Create(baseAsset, quoteAsset, symbol.PriceDecimals, symbol.QuantityDecimals, symbol.Price) with { FirstTradeId = FirstOwnTradeId };
    }

    private static CaptureSymbol Get(Dictionary<string, CaptureSymbol> symbols, string name)
    {
        if (!symbols.TryGetValue(name, out var symbol))
        {
            symbol = symbols[name] = new CaptureSymbol(name);
        }

        return symbol;
    }

    private static void Examine(CaptureSymbol symbol, CaptureEvent e)
    {
        using var document = JsonDocument.Parse(e.Data);
        var root = document.RootElement;
        if (root.TryGetProperty("topic", out _))
        {
            ExamineTopic(symbol, e, root.GetProperty("data"));
            return;
        }

        switch (e.Kind)
        {
            case CaptureEventKind.DepthDiff:
                symbol.FirstId = symbol.FirstId == 0 ? root.GetProperty("U").GetInt64() : symbol.FirstId;
                foreach (var level in root.GetProperty("b").EnumerateArray().Concat(root.GetProperty("a").EnumerateArray()))
                {
                    Note(symbol, level[0].GetString(), level[1].GetString(), isTraded: false);
                }

                break;
            case CaptureEventKind.Top:
                Note(symbol, root.GetProperty("b").GetString(), root.GetProperty("B").GetString(), isTraded: true);
                break;
            case CaptureEventKind.Trade:
                Note(symbol, root.GetProperty("p").GetString(), root.GetProperty("q").GetString(), isTraded: true);
                break;
        }
    }

    private static void NoteTopic(CaptureSymbol symbol, CaptureEvent e)
    {
        symbol.Topics.Add(e.Stream);
        var depth = BybitEvents.Depth(e.Stream);
        if (depth > 1 && depth > BybitEvents.Depth(symbol.DeepestBook ?? ""))
        {
            symbol.DeepestBook = e.Stream;
        }
    }

    private static void ExamineTopic(CaptureSymbol symbol, CaptureEvent e, JsonElement data)
    {
        if (e.Kind == CaptureEventKind.Trade)
        {
            foreach (var trade in data.EnumerateArray())
            {
                Note(symbol, trade.GetProperty("p").GetString(), trade.GetProperty("v").GetString(), isTraded: true);
            }
        }
        else if (e.Kind is CaptureEventKind.DepthDiff or CaptureEventKind.Top)
        {
            foreach (var level in data.GetProperty("b").EnumerateArray().Concat(data.GetProperty("a").EnumerateArray()))
            {
                Note(symbol, level[0].GetString(), level[1].GetString(), isTraded: false);
            }
        }
    }

    private static void Note(CaptureSymbol symbol, string? price, string? quantity, bool isTraded)
    {
        symbol.PriceDecimals = Math.Max(symbol.PriceDecimals, TapeInstruments.Decimals(price!));
        symbol.QuantityStep.Note(TapeInstruments.Decimals(quantity!));
        if (symbol.Price == 0 || isTraded)
        {
            symbol.Price = decimal.Parse(price!, CultureInfo.InvariantCulture);
        }
    }
}

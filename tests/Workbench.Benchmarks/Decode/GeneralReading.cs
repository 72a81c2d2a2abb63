using System.Globalization;
using System.Text.Json;

namespace Workbench.Benchmarks.Decode;

/// <summary>The same messages read with what the framework offers: what the decoders are measured against. Neither makes values of the contract.</summary>
internal static class GeneralReading
{
    /// <summary>Steps over every token and converts nothing: the floor for any decoder on this reader.</summary>
    public static int Walk(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    /// <summary>Parses the message and converts what a quote, trade or change consists of.</summary>
    public static decimal Binance(ReadOnlyMemory<byte> utf8, MessageKind kind)
    {
        using var document = JsonDocument.Parse(utf8);
        var data = document.RootElement.GetProperty("data");
        return kind switch
        {
            MessageKind.Quote => data.GetProperty("u").GetInt64() + Number(data, "b") + Number(data, "B") + Number(data, "a") + Number(data, "A"),
            MessageKind.Trade => data.GetProperty("t").GetInt64() + data.GetProperty("T").GetInt64() + Number(data, "p") + Number(data, "q") + (data.GetProperty("m").GetBoolean() ? 1 : 0),
            _ => data.GetProperty("U").GetInt64() + data.GetProperty("u").GetInt64() + data.GetProperty("E").GetInt64() + Levels(data, "b") + Levels(data, "a"),
        };
    }

    /// <summary>Parses the message and converts what a quote, trade or change consists of.</summary>
    public static decimal Bybit(ReadOnlyMemory<byte> utf8, MessageKind kind)
    {
        using var document = JsonDocument.Parse(utf8);
        var root = document.RootElement;
        var data = root.GetProperty("data");
        return kind == MessageKind.Trade
            ? Trades(data)
            : root.GetProperty("cts").GetInt64() + data.GetProperty("u").GetInt64() + Levels(data, "b") + Levels(data, "a");
    }

    private static decimal Trades(JsonElement rows)
    {
        var sum = 0m;
        foreach (var row in rows.EnumerateArray())
        {
            sum += row.GetProperty("T").GetInt64() + row.GetProperty("seq").GetInt64() + Number(row, "p") + Number(row, "v") + row.GetProperty("i").GetString()!.Length + row.GetProperty("S").GetString()!.Length;
        }

        return sum;
    }

    private static decimal Levels(JsonElement data, string side)
    {
        var sum = 0m;
        foreach (var level in data.GetProperty(side).EnumerateArray())
        {
            sum += Number(level[0]) + Number(level[1]);
        }

        return sum;
    }

    private static decimal Number(JsonElement data, string name) => Number(data.GetProperty(name));

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}

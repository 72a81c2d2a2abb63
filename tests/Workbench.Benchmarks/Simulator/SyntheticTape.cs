using System.Globalization;
using System.Text;

namespace Workbench.Benchmarks.Simulator;

/// <summary>A capture of best prices that never happened: 20 symbols in turn, one message a millisecond.</summary>
internal static class SyntheticTape
{
    public const int SymbolCount = 20;

    public static string Symbol(int index) => string.Create(CultureInfo.InvariantCulture, $"S{index % SymbolCount:D2}USDT");

    /// <summary>The message of this number, as it is on the wire.</summary>
    public static byte[] Frame(int number) => Encoding.UTF8.GetBytes(Text(number));

    /// <summary>Writes the capture; the path of the file.</summary>
    public static string Write(string folder, int messages)
    {
        var path = Path.Combine(folder, "load.jsonl");
        using var file = new StreamWriter(path);
        for (var i = 0; i < messages; i++)
        {
            var raw = Text(i).Replace("\"", "\\\"", StringComparison.Ordinal);
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $$"""{"t_ns":{{1_700_000_000_000_000_000 + (i * 1_000_000L)}},"kind":"ws-in","url":"wss://example/stream","raw":"{{raw}}"}"""));
        }

        return path;
    }

    private static string Text(int number)
    {
        var symbol = Symbol(number);
        var cents = 6_123_400 + (number % 97);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"stream":"{{{symbol.ToLowerInvariant()}}}@bookTicker","data":{"u":{{{number + 1}}},"s":"{{{symbol}}}","b":"{{{cents / 100}}}.{{{cents % 100:D2}}}000000","B":"1.50000000","a":"{{{(cents / 100) + 1}}}.{{{cents % 100:D2}}}000000","A":"0.75000000"}}""");
    }
}

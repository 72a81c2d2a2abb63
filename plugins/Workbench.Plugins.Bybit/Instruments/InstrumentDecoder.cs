using Workbench.Plugins.Bybit.Json;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Instruments;

/// <summary>Reads <c>/v5/market/instruments-info</c>.</summary>
internal static class InstrumentDecoder
{
    /// <summary>Reads one page. A row that makes no sense is left out and named in <paramref name="problems"/>: one new kind of market must not hide all others.</summary>
    public static ReadResult<Page> Read(ReadOnlyMemory<byte> result, List<Instrument> instruments, List<string> problems) =>
        ListResult.Read(result, (ref JsonCursor cursor) =>
        {
            var row = InstrumentRow.Read(ref cursor);
            var problem = cursor.TakeProblem();
            if (problem is null && row.ToInstrument() is { } instrument)
            {
                instruments.Add(instrument);
            }
            else
            {
                problems.Add($"{row.Symbol ?? "a market without a name"}: {problem ?? "a name, a coin, the tick or the step is missing"}");
            }
        });
}

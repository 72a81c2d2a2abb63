using System.Diagnostics;

namespace Workbench.Benchmarks.Orders;

/// <summary>What some orders in a row took, one in flight; times in microseconds.</summary>
internal sealed record Round(decimal Answered50, decimal Answered99, decimal FirstByte50, decimal FirstByte99, long BytesPerOrder)
{
    public static async Task<Round> RunAsync(IOrderClient client, StubVenue venue, int orders, TimeSpan pause)
    {
        var answered = new long[orders];
        var firstByte = new long[orders];
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < orders; i++)
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause);
            }

            var started = Stopwatch.GetTimestamp();
            await client.PlaceAsync();
            answered[i] = Stopwatch.GetTimestamp() - started;
            firstByte[i] = venue.FirstByteAt - started;
        }

        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / orders;
        Array.Sort(answered);
        Array.Sort(firstByte);
        return new Round(At(answered, 50), At(answered, 99), At(firstByte, 50), At(firstByte, 99), allocated);
    }

    private static decimal At(long[] sorted, int percent) => sorted[(sorted.Length - 1) * percent / 100] * 1_000_000m / Stopwatch.Frequency;
}

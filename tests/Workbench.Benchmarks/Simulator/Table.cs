using System.Globalization;

namespace Workbench.Benchmarks.Simulator;

/// <summary>Rows as the documentation shows them.</summary>
internal static class Table
{
    public static void Row(string name, int count, decimal rate, decimal ratio) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {count} | {rate:N0} | {ratio:F2} |"));
}

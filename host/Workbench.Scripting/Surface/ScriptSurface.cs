using System.Globalization;
using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Scripting;

/// <summary>Visible everywhere in a script without a prefix: helpers, and for classes and static functions, which cannot see Roslyn's globals, the same surface as at the top level.</summary>
public static class ScriptSurface
{
    /// <inheritdoc cref="IWorkbench.Market" />
    public static IMarket Market => WorkbenchScript.Current.Market;

    /// <inheritdoc cref="IWorkbench.Orders" />
    public static IOrders Orders => WorkbenchScript.Current.Orders;

    /// <inheritdoc cref="IWorkbench.Portfolio" />
    public static IPortfolio Portfolio => WorkbenchScript.Current.Portfolio;

    /// <inheritdoc cref="IWorkbench.Connections" />
    public static IConnections Connections => WorkbenchScript.Current.Connections;

    /// <inheritdoc cref="IWorkbench.Cache" />
    public static ICache Cache => WorkbenchScript.Current.Cache;

    /// <inheritdoc cref="IWorkbench.Log" />
    public static ILogger Log => WorkbenchScript.Current.Log;

    /// <inheritdoc cref="IWorkbench.Clock" />
    public static TimeProvider Clock => WorkbenchScript.Current.Clock;

    /// <inheritdoc cref="IWorkbench.Args" />
    public static IScriptArgs Args => WorkbenchScript.Current.Args;

    /// <inheritdoc cref="IWorkbench.Stop" />
    public static CancellationToken Stop => WorkbenchScript.Current.Stop;

    /// <inheritdoc cref="IWorkbench.Simulator" />
    public static ISimulator? Simulator => WorkbenchScript.Current.Simulator;

    /// <summary>Writes an empty line.</summary>
    public static void Print() => Console.Out.WriteLine();

    /// <summary>Writes one line to the script's output; numbers in the invariant culture, decimals without trailing zeros.</summary>
    public static void Print(object? value) => Console.Out.WriteLine(Text(value));

    /// <summary>A table with aligned columns; add rows, then print it.</summary>
    /// <example><code>Print(Table("Side", "Quantity").Row("Buy", Qty(0.001m)).Row("Sell", Qty(2m)));</code></example>
    public static TextTable Table(params string[] headers) => new(headers);

    /// <summary>A quantity in units of the base asset.</summary>
    public static Quantity Qty(decimal value) => new(value);

    /// <summary>A price in units of the quote asset.</summary>
    public static Price Px(decimal value) => new(value);

    internal static string Text(object? value) => value switch
    {
        null => "",
        decimal number => Numbers.Text(number),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

using System.Globalization;
using Microsoft.Extensions.Logging;
using Workbench.Scripting.Running;
using Workbench.Sdk;

namespace Workbench.Scripting;

/// <summary>What stands without a prefix everywhere in a script, at the top level as in its classes and static functions: the workbench and some helpers.</summary>
/// <remarks>Static members over the running script instead of Roslyn's globals object: that one is not visible in classes, and where it has a member of the same name it hides these.</remarks>
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

    /// <inheritdoc cref="IWorkbench.Kill" />
    public static IKillSwitch Kill => WorkbenchScript.Current.Kill;

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
    public static void Print() => RoutedWriter.Here.WriteLine();

    /// <summary>Writes one line to the script's output; numbers in the invariant culture, decimals without trailing zeros.</summary>
    public static void Print(object? value) => RoutedWriter.Here.WriteLine(Text(value));

    /// <summary>A table with aligned columns; add rows, then print it.</summary>
    /// <example><code>Print(Table("Side", "Quantity").Row("Buy", Qty(0.001m)).Row("Sell", Qty(2m)));</code></example>
    public static TextTable Table(params string[] headers) => new(headers);

    /// <summary>A quantity in units of the base asset.</summary>
    public static Quantity Qty(decimal value) => new(value);

    /// <summary>A price in units of the quote asset.</summary>
    public static Price Px(decimal value) => new(value);

    /// <summary>Waits for a task, at most for a time by <see cref="Clock"/>, and gives up when the script must stop.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="limit">How long.</param>
    /// <param name="what">What it is, for the message when it does not come.</param>
    /// <exception cref="TimeoutException">It did not come; the message says what and how long.</exception>
    /// <exception cref="OperationCanceledException">The script must stop.</exception>
    public static async Task<T> Within<T>(Task<T> task, TimeSpan limit, string what)
    {
        await Within((Task)task, limit, what).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="Within{T}(Task{T}, TimeSpan, string)" />
    public static async Task Within(Task task, TimeSpan limit, string what)
    {
        try
        {
            await task.WaitAsync(limit, Clock, Stop).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"Waited {limit.TotalSeconds:0.###} s in vain for {what}."));
        }
    }

    internal static string Text(object? value) => value switch
    {
        null => "",
        decimal number => Numbers.Text(number),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

using System.Globalization;

namespace Workbench.Configuration;

/// <summary>How a place in the configuration is written: <c>connections.binance.retry.delays[0]</c>.</summary>
internal static class ConfigurationPath
{
    public static string Key(string parent, string key) => parent.Length == 0 ? key : $"{parent}.{key}";

    public static string Item(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");

    /// <summary>The place that contains this one; empty for the whole file.</summary>
    public static string Parent(string path)
    {
        var cut = path.LastIndexOfAny(['.', '[']);
        return cut < 0 ? "" : path[..cut];
    }

    /// <summary>The last name on the path.</summary>
    public static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];
}

using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Cli;

/// <summary>What was given with <c>--set name=value</c>.</summary>
internal sealed class ScriptArgs : IScriptArgs
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public static ScriptArgs None { get; } = new([]);

    /// <exception cref="UserErrorException">An item is not name=value, or a name is given twice.</exception>
    public ScriptArgs(IReadOnlyList<string> items)
    {
        foreach (var item in items)
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new UserErrorException($"--set {item}: expected name=value, such as --set symbol=BTC/USDT");
            }

            if (!_values.TryAdd(item[..equals], item[(equals + 1)..]))
            {
                throw new UserErrorException($"--set {item[..equals]} is given twice");
            }
        }
    }

    public T Get<T>(string name, T fallback)
        where T : IParsable<T> => _values.TryGetValue(name, out var text) ? Read<T>(name, text) : fallback;

    public T Require<T>(string name, string help)
        where T : IParsable<T> => _values.TryGetValue(name, out var text) ? Read<T>(name, text) : throw new FormatException($"the script needs --set {name}=... ({help})");

    private static T Read<T>(string name, string text)
        where T : IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException($"--set {name}={text}: '{text}' cannot be read as {typeof(T).Name}");
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;

namespace Workbench.Transport;

/// <summary>An answer's headers as they came, found in any letter case. Most callers ask for one or two, so nothing is copied before somebody does.</summary>
internal sealed class HeaderView(HttpResponseHeaders headers, HttpContentHeaders content) : IReadOnlyDictionary<string, string>
{
    public IEnumerable<string> Keys => this.Select(h => h.Key);

    public IEnumerable<string> Values => this.Select(h => h.Value);

    public int Count => headers.NonValidated.Count + content.NonValidated.Count;

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The answer has no header {key}.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        if (headers.NonValidated.TryGetValues(key, out var values) || content.NonValidated.TryGetValues(key, out values))
        {
            value = values.ToString();
            return true;
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            yield return new KeyValuePair<string, string>(name, values.ToString());
        }

        foreach (var (name, values) in content.NonValidated)
        {
            yield return new KeyValuePair<string, string>(name, values.ToString());
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

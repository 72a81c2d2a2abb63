using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>The subscriptions of a session by topic, found from the bytes of a message without allocating.</summary>
internal sealed class FeedTable
{
    private const int LongestTopic = 128;

    private readonly Dictionary<string, Feed> _feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Feed>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public FeedTable() => _bySpan = _feeds.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryAdd(Feed feed) => _feeds.TryAdd(feed.Topic, feed);

    public bool Remove(string topic) => _feeds.Remove(topic);

    public bool TryGet(string topic, [NotNullWhen(true)] out Feed? feed) => _feeds.TryGetValue(topic, out feed);

    public bool TryGet(ReadOnlySpan<byte> topic, [NotNullWhen(true)] out Feed? feed)
    {
        Span<char> chars = stackalloc char[LongestTopic];
        if (topic.Length > LongestTopic)
        {
            feed = null;
            return false;
        }

        return _bySpan.TryGetValue(chars[..Encoding.UTF8.GetChars(topic, chars)], out feed);
    }
}

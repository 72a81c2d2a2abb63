using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>The best N levels of one side as last published, best first.</summary>
internal sealed class BookLevels(Side side, int depth)
{
    private List<(decimal Price, decimal Quantity)> _published = [];
    private List<(decimal Price, decimal Quantity)> _next = [];

    public IReadOnlyList<(decimal Price, decimal Quantity)> Published => _published;

    /// <summary>
    /// Takes over the ladder's present top and returns what changed since: new or resized levels with their quantity, levels
    /// that left the window with 0.
    /// </summary>
    public List<(decimal Price, decimal Quantity)> Advance(Ladder ladder)
    {
        _next.Clear();
        for (var rank = 0; rank < Math.Min(depth, ladder.Count); rank++)
        {
            _next.Add((ladder[rank].Price, ladder[rank].Quantity));
        }

        var changes = Compare();
        (_published, _next) = (_next, _published);
        return changes;
    }

    public static void Write(Utf8JsonWriter writer, string name, IEnumerable<(decimal Price, decimal Quantity)> levels) =>
        writer.WriteList(name, levels, static (w, level) =>
        {
            w.WriteStartArray();
            w.WriteAmountValue(level.Price);
            w.WriteAmountValue(level.Quantity);
            w.WriteEndArray();
        });

    private List<(decimal Price, decimal Quantity)> Compare()
    {
        var changes = new List<(decimal Price, decimal Quantity)>();
        var (old, now) = (0, 0);
        while (old < _published.Count || now < _next.Count)
        {
            var order = Order(old, now);
            if (order < 0)
            {
                changes.Add((_published[old++].Price, 0));
            }
            else if (order > 0)
            {
                changes.Add(_next[now++]);
            }
            else
            {
                if (_published[old++].Quantity != _next[now].Quantity)
                {
                    changes.Add(_next[now]);
                }

                now++;
            }
        }

        return changes;
    }

    // Negative: the old level comes first (it is gone); positive: the new one does (it is new).
    private int Order(int old, int now)
    {
        if (old == _published.Count)
        {
            return 1;
        }

        if (now == _next.Count)
        {
            return -1;
        }

        var order = _published[old].Price.CompareTo(_next[now].Price);
        return side == Side.Buy ? -order : order;
    }
}

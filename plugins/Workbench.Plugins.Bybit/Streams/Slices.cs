namespace Workbench.Plugins.Bybit.Streams;

/// <summary>Remembers where in a message a text stands, so that it needs no copy.</summary>
internal static class Slices
{
    /// <summary>The place of <paramref name="part"/> in <paramref name="whole"/>; empty for a text that was unescaped elsewhere, which no name of a market ever is.</summary>
    public static Range RangeOf(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part) =>
        !part.IsEmpty && whole.Overlaps(part, out var offset) ? offset..(offset + part.Length) : 0..0;
}

using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Json;

/// <summary>Reads and writes directions.</summary>
internal static class Sides
{
    /// <summary>Reads a direction in any letter case; null, with a problem, for anything else.</summary>
    public static Side? Read(ref JsonCursor cursor)
    {
        var text = cursor.RawText();
        if (Ascii.EqualsIgnoreCase(text, "Buy"u8))
        {
            return Side.Buy;
        }

        if (Ascii.EqualsIgnoreCase(text, "Sell"u8))
        {
            return Side.Sell;
        }

        cursor.Fail("a side is neither Buy nor Sell");
        return null;
    }

    /// <summary>The venue's word.</summary>
    public static string Text(Side side) => side == Side.Buy ? "Buy" : "Sell";
}

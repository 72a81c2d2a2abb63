using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.UserData;

/// <summary>Reads asset codes that come from outside.</summary>
internal static class Assets
{
    private const int LongestCode = 32;

    /// <summary>False when the text is no asset code.</summary>
    public static bool TryCreate(string? text, out Asset asset)
    {
        var isCode = text is { Length: > 0 and <= LongestCode } && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '/');
        asset = isCode ? new Asset(text!) : default;
        return isCode;
    }
}

using Workbench.Plugins.Binance.Json;

namespace Workbench.Plugins.Binance.Errors;

/// <summary>The venue's error envelope, <c>{"code": -1121, "msg": "Invalid symbol."}</c>.</summary>
internal readonly record struct ErrorBody(int Code, string Message)
{
    /// <summary>Reads the envelope; null when the body is anything else, such as the page of a firewall.</summary>
    public static ErrorBody? Read(ReadOnlySpan<byte> body)
    {
        var scanner = new Utf8Scanner(body);
        int? code = null;
        var message = "";
        if (!scanner.TryTake((byte)'{'))
        {
            return null;
        }

        do
        {
            if (!scanner.TryString(out var name) || !scanner.TryTake((byte)':'))
            {
                return null;
            }

            var isScalar = scanner.Peek() is not ((byte)'{' or (byte)'[');
            var ok = isScalar && name.SequenceEqual("code"u8) ? TryCode(ref scanner, ref code)
                : isScalar && name.SequenceEqual("msg"u8) ? TryMessage(ref scanner, ref message)
                : scanner.TrySkip();
            if (!ok)
            {
                return null;
            }
        }
        while (scanner.TryTake((byte)','));
        return scanner.TryTake((byte)'}') && code is { } c ? new ErrorBody(c, message) : null;
    }

    private static bool TryCode(ref Utf8Scanner scanner, ref int? code)
    {
        var ok = scanner.TryScalar(out var text);
        code = ok && Utf8Text.TryLong(text, out var value) && value is < 0 and >= int.MinValue ? (int)value : null;
        return ok;
    }

    private static bool TryMessage(ref Utf8Scanner scanner, ref string message)
    {
        var ok = scanner.TryScalar(out var text);
        message = ok ? Utf8Text.Message(text) : "";
        return ok;
    }
}

using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Signing;

/// <summary>Closes the parameters of a signed REST call: receive window, timestamp, and the signature over all of it last.</summary>
internal static class SignedForm
{
    public static FormWriter Close(FormWriter form, ISigner signer, ConnectorContext context)
    {
        form.Add("recvWindow"u8, ReceiveWindow(context)).Add("timestamp"u8, context.VenueClock.Now.UnixMilliseconds);
        var signature = SignatureText.Of(signer, form.Written.Span);
        return form.Add("signature"u8, signature);
    }

    /// <summary>The receive window in whole milliseconds.</summary>
    public static long ReceiveWindow(ConnectorContext context) => context.ReceiveWindow.Ticks / TimeSpan.TicksPerMillisecond;
}

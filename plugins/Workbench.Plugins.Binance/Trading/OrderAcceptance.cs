using Microsoft.Extensions.Logging;
using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Reads the order inside an answer that says yes.</summary>
internal static class OrderAcceptance
{
    /// <summary>The acceptance, or unknown when the answer is about another order; null when it cannot be read.</summary>
    /// <param name="json">The order; null when there is none.</param>
    /// <param name="instrument">The market that was asked about.</param>
    /// <param name="id">The order that was asked about.</param>
    /// <param name="side">Its direction when it was placed; null for answers that carry no fills.</param>
    /// <param name="logger">Is told of mix-ups.</param>
    public static OrderOutcome? Of(OrderJson? json, Instrument instrument, ClientOrderId id, Side? side, ILogger logger)
    {
        if (json is null || OrderReports.Of(json, instrument.Symbol) is not { } report)
        {
            return null;
        }

        if (!string.Equals(json.Symbol, instrument.VenueSymbol, StringComparison.OrdinalIgnoreCase) || report.ClientOrderId != id)
        {
            Log.ResponseMixup(logger, $"{instrument.VenueSymbol} {id}", $"{Utf8Text.Message(json.Symbol ?? "")} {Utf8Text.Message(json.OwnClientOrderId ?? "")}");
            return new OrderOutcome.Unknown(new VenueError(VenueErrorKind.BadResponse, $"The answer to order {id} is about another order."));
        }

        var fills = side is { } known ? OrderReports.FillsOf(json, report, known) : [];
        return fills is null ? null : new OrderOutcome.Accepted(report, fills);
    }
}

using System.Globalization;
using System.Text.Json;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.UserData;

/// <summary>Reads the answers of the WebSocket API.</summary>
internal static class ApiErrors
{
    /// <summary>Why a request was refused; null when it succeeded.</summary>
    public static VenueError? Of(ReadOnlySpan<byte> answer)
    {
        ApiResponseJson? json;
        try
        {
            json = JsonSerializer.Deserialize(answer, BinanceJson.Default.ApiResponseJson);
        }
        catch (JsonException)
        {
            json = null;
        }

        if (json?.Status is not { } status)
        {
            return new VenueError(VenueErrorKind.BadResponse, "The answer to a request could not be understood.");
        }

        return status is >= 200 and < 300 ? null : Refused(status, json.Error);
    }

    private static VenueError Refused(int status, ApiErrorJson? error)
    {
        var message = Utf8Text.Message(error?.Msg ?? $"Status {status} without a reason.");
        var kind = (status, error?.Code) switch
        {
            (418, _) => VenueErrorKind.Banned,
            (429, _) => VenueErrorKind.RateLimited,
            ( >= 500, _) or (_, null) => ErrorTable.KindOfStatus(status),
            (_, { } code) => ErrorTable.Kind(code, message),
        };
        return new VenueError(kind, message, error?.Code?.ToString(CultureInfo.InvariantCulture), Pause(error?.Data));
    }

    /// <summary>Here the venue names the moment to come back, not the seconds to wait.</summary>
    private static TimeSpan? Pause(ApiErrorDataJson? data) =>
        data is { ServerTime: { } now, RetryAfter: { } later } && later > now ? TimeSpan.FromMilliseconds(Math.Min(later - now, (long)TimeSpan.FromDays(3).TotalMilliseconds)) : null;
}

using System.Globalization;
using System.Text;
using Workbench.Plugins.Bybit.Errors;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>Finds out what became of a request: transport first, then the venue's code, then the HTTP status.</summary>
internal static class ReplyClassifier
{
    /// <summary>The ban for too many requests is lifted after ten minutes at the earliest.</summary>
    public static readonly TimeSpan BanLength = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Why the request failed, or null when the venue said yes.</summary>
    /// <param name="reply">What the transport brought.</param>
    /// <param name="envelope">The venue's wrapping, where there is one.</param>
    /// <param name="venueNow">The venue's clock.</param>
    public static Failure? Classify(HttpReply reply, Envelope? envelope, Timestamp venueNow)
    {
        if (reply.Kind != HttpReplyKind.Answered)
        {
            var error = reply.Error ?? new VenueError(VenueErrorKind.Network, "The transport gave no reason.");
            return new Failure(reply.Kind == HttpReplyKind.NotSent ? ErrorClass.NotSent : ErrorClass.Lost, error);
        }

        // A server error is never trusted further than its status, whatever its body says: the order may have been executed before it.
        if (envelope is not { } read || reply.Status >= 500)
        {
            return OfStatus(reply, venueNow, envelope?.Message);
        }

        return read.Code switch
        {
            0 when reply.Status is >= 200 and < 300 => null,
            0 => OfStatus(reply, venueNow, read.Message),
            _ => Describe(ErrorTable.OfCode(read.Code), read.Message ?? "the venue gave no text", read.Code, reply, venueNow),
        };
    }

    private static Failure OfStatus(HttpReply reply, Timestamp venueNow, string? words)
    {
        var errorClass = ErrorTable.OfStatus(reply.Status);
        if (reply.Status == 403 && SaysTooFrequent(reply.Body.Span))
        {
            errorClass = ErrorClass.Banned;
        }

        if (words is not null && SaysMaintenance(words))
        {
            return Describe(errorClass, words, reply.Status, reply, venueNow);
        }

        var text = errorClass == ErrorClass.Unreadable ? "The answer is not in the venue's form" : "The venue answered with an HTTP status and no code";
        return Describe(errorClass, $"{text} (HTTP {reply.Status.ToString(CultureInfo.InvariantCulture)}).", reply.Status, reply, venueNow);
    }

    private static Failure Describe(ErrorClass errorClass, string message, int code, HttpReply reply, Timestamp venueNow)
    {
        TimeSpan? retryAfter = errorClass switch
        {
            ErrorClass.Banned or ErrorClass.Blocked => BanLength,
            ErrorClass.RateLimited or ErrorClass.Overloaded => WaitFor(reply, venueNow),
            _ => null,
        };
        return new Failure(errorClass, new VenueError(SaysMaintenance(message) ? VenueErrorKind.Maintenance : Verdicts.Of(errorClass).Kind, message, code.ToString(CultureInfo.InvariantCulture), retryAfter));
    }

    // The venue documents a header of its own with the moment of the reset; what stands before it, such as its content network, may use the standard one.
    private static TimeSpan WaitFor(HttpReply reply, Timestamp venueNow)
    {
        var asked = RetryAfterHeader.Read(reply.Headers.GetValueOrDefault("Retry-After"), venueNow);
        var wait = RateHeaders.Read(reply.Headers).WaitFrom(venueNow, reply.Status == 429 ? ShortestPause : ShortestWait);
        return asked < LongestPause ? asked > wait ? asked.Value : wait : asked is null ? wait : LongestPause;
    }

    // No code says it, the words do. What became of an order is the class's business, not the kind's.
    private static bool SaysMaintenance(string words) => words.Contains("maintenance", StringComparison.OrdinalIgnoreCase);

    private static bool SaysTooFrequent(ReadOnlySpan<byte> body) =>
        Encoding.UTF8.GetString(body[..Math.Min(body.Length, 4096)]).Contains("too frequent", StringComparison.OrdinalIgnoreCase);
}

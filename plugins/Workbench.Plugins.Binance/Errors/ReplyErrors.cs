using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Errors;

/// <summary>Turns answers that are not a success into values.</summary>
internal static class ReplyErrors
{
    /// <summary>Why a reply is no success; null when it is a 2xx answer.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="now">The venue's clock, for a Retry-After that is a date.</param>
    public static VenueError? Of(HttpReply reply, Timestamp now)
    {
        if (reply.Kind != HttpReplyKind.Answered)
        {
            return reply.Error ?? new VenueError(VenueErrorKind.Network, "The request got no answer.");
        }

        return reply.Status is >= 200 and < 300 ? null : Answered(reply, ErrorBody.Read(reply.Body.Span), now);
    }

    /// <summary>What an unsuccessful or missing answer means for the order that was sent; null when it is a 2xx answer.</summary>
    public static OrderOutcome? OutcomeOf(HttpReply reply, Timestamp now)
    {
        if (Of(reply, now) is not { } error)
        {
            return null;
        }

        // The transport's byte counter is the only proof that nothing left.
        return reply.Kind switch
        {
            HttpReplyKind.NotSent => new OrderOutcome.NotSent(error),
            HttpReplyKind.Answered when ErrorTable.Classify(reply.Status, ErrorBody.Read(reply.Body.Span)?.Code) == OutcomeClass.Rejected => new OrderOutcome.Rejected(error),
            _ => new OrderOutcome.Unknown(error),
        };
    }

    /// <summary>An answer that was read but not understood.</summary>
    public static VenueError Unreadable(HttpReply reply, string what) =>
        new(VenueErrorKind.BadResponse, $"The answer to {what} could not be understood (HTTP {reply.Status}, {reply.Body.Length} bytes).");

    private static VenueError Answered(HttpReply reply, ErrorBody? body, Timestamp now)
    {
        var kind = Kind(reply.Status, body);
        var code = body is { } known ? known.Code.ToString(CultureInfo.InvariantCulture) : null;
        var message = body is { } readable ? readable.Message : $"HTTP {reply.Status} without a readable body.";
        return new VenueError(kind, message, code, VenuePauses.Of(reply, now));
    }

    private static VenueErrorKind Kind(int status, ErrorBody? body) => (status, body) switch
    {
        (418, _) => VenueErrorKind.Banned,
        (429, _) => VenueErrorKind.RateLimited,
        ( >= 500, { Message: var words }) when words.Contains("maintenance", StringComparison.OrdinalIgnoreCase) => VenueErrorKind.Maintenance,
        ( >= 500, { Code: -1007 }) => VenueErrorKind.Timeout,
        ( >= 500, _) or (_, null) => ErrorTable.KindOfStatus(status),
        (_, { } known) => ErrorTable.Kind(known.Code, known.Message),
    };
}

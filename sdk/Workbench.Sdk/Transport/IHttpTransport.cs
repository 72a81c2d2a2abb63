namespace Workbench.Sdk;

/// <summary>Sends HTTP requests for one connection over the host's pools. One call is at most one request on the wire: nothing below it repeats.</summary>
public interface IHttpTransport
{
    /// <summary>Sends one request and reads the whole answer, bounded in time and size.</summary>
    /// <returns>Never throws for network failures, timeouts or cancellation: they are values in the reply.</returns>
    ValueTask<HttpReply> SendAsync(HttpCall call, CancellationToken cancellationToken);
}

/// <summary>How urgent a request is: which pool it uses and how far it may draw on a budget that others need too.</summary>
public enum RequestLane
{
    /// <summary>Public and account reads.</summary>
    Read,

    /// <summary>New orders and amendments: an own pool, never retried.</summary>
    Order,

    /// <summary>Cancels: never retried. The last share of every budget is theirs alone.</summary>
    Cancel,

    /// <summary>What an order that nobody has answered for has come to: its state and its fills. Before new orders and after cancels.</summary>
    LookUp,
}

/// <summary>One HTTP request, ready for the wire.</summary>
public sealed record HttpCall
{
    /// <summary>The method; a POST always carries a body, if need be an empty one, because a body-less POST may be sent twice by the HTTP stack.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The whole address with its query, already escaped: exactly what was signed goes on the wire.</summary>
    public required Uri Address { get; init; }

    /// <summary>Which pool and budget it uses.</summary>
    public required RequestLane Lane { get; init; }

    /// <summary>The body, sent byte for byte.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body's media type, such as <c>application/json</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What it costs of the rate budget. Keep it in a constant list per endpoint: it is read on every request.</summary>
    public IReadOnlyList<RateCost> Costs { get; init; } = [];
}

/// <summary>How a request ended.</summary>
public enum HttpReplyKind
{
    /// <summary>A whole answer was read.</summary>
    Answered,

    /// <summary>No byte of the request left this host.</summary>
    NotSent,

    /// <summary>At least one byte may have left and no whole answer came.</summary>
    Lost,
}

/// <summary>The answer to one request, or why there is none.</summary>
public sealed record HttpReply
{
    /// <summary>How it ended.</summary>
    public required HttpReplyKind Kind { get; init; }

    /// <summary>The HTTP status; zero without an answer.</summary>
    public int Status { get; init; }

    /// <summary>The whole body; empty without an answer.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The answer's headers, found in any letter case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What went wrong; null when <see cref="Kind"/> is <see cref="HttpReplyKind.Answered"/>.</summary>
    public VenueError? Error { get; init; }

    /// <summary>When the request began to be sent.</summary>
    public Timestamp SentAt { get; init; }

    /// <summary>When the answer was complete or given up.</summary>
    public Timestamp EndedAt { get; init; }
}

namespace Workbench.Sdk;

/// <summary>Whose fault a failure is and what may be done about it.</summary>
public enum VenueErrorKind
{
    /// <summary>Our side cannot reach anything: no route, DNS failure, out of sockets.</summary>
    Local,

    /// <summary>The venue's side of the network: refused, reset, TLS failure, closed socket.</summary>
    Network,

    /// <summary>No answer within the time allowed.</summary>
    Timeout,

    /// <summary>Too many requests; wait for <see cref="VenueError.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>Banned for a while; nothing may be sent before <see cref="VenueError.RetryAfter"/> has passed.</summary>
    Banned,

    /// <summary>Key, signature or permission. Repeating does not help.</summary>
    Authentication,

    /// <summary>Our clock and the venue's differ too much.</summary>
    ClockSkew,

    /// <summary>The request breaks a rule of the venue. Repeating does not help.</summary>
    InvalidRequest,

    /// <summary>Not enough balance or margin.</summary>
    InsufficientFunds,

    /// <summary>The venue does not know the order or the market. Right after a send this is not proof of absence.</summary>
    NotFound,

    /// <summary>The client order id was used before: the first one exists and must be looked up.</summary>
    DuplicateClientOrderId,

    /// <summary>Maintenance, overload or an internal error at the venue.</summary>
    Unavailable,

    /// <summary>The answer could not be understood.</summary>
    BadResponse,

    /// <summary>The caller gave up.</summary>
    Cancelled,

    /// <summary>The venue says that it is closed for maintenance. It will be back; nobody needs to find out by trying hard.</summary>
    Maintenance,

    /// <summary>The market or the account takes only a part of what it usually takes, such as cancels only, or nothing for now. The venue itself works.</summary>
    Restricted,

    /// <summary>The order breaks a rule of its market (tick, step, value), or its market is closed or gone. Our picture of the market may be old: the host reads the instruments again. Repeating does not help.</summary>
    InstrumentRule,
}

/// <summary>An expected failure as a value: what happened, whose fault, and when to try again.</summary>
/// <param name="Kind">Whose fault it is.</param>
/// <param name="Message">One sentence for a person, without secrets.</param>
/// <param name="Code">The venue's own code, where it gave one.</param>
/// <param name="RetryAfter">How long to wait before the next request, where the venue said so.</param>
public sealed record VenueError(VenueErrorKind Kind, string Message, string? Code = null, TimeSpan? RetryAfter = null)
{
    /// <summary>True when the same read may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Kind is VenueErrorKind.Local or VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.RateLimited or VenueErrorKind.Unavailable or VenueErrorKind.BadResponse or VenueErrorKind.Maintenance;

    /// <summary>Kind, code and message on one line.</summary>
    public override string ToString() => Code is null ? $"{Kind}: {Message}" : $"{Kind} {Code}: {Message}";
}

/// <summary>The result of a read: a value or an error. A failed read is never an empty read.</summary>
/// <typeparam name="T">What is read.</typeparam>
public readonly struct ReadResult<T>
{
    private readonly T _value;

    private ReadResult(T value, VenueError? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>What went wrong; null when the read succeeded.</summary>
    public VenueError? Error { get; }

    /// <summary>True when there is a value.</summary>
    public bool IsOk => Error is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The read failed.</exception>
    public T Value => Error is null ? _value : throw new InvalidOperationException($"The read failed: {Error}");

    /// <summary>A successful read.</summary>
    public static implicit operator ReadResult<T>(T value) => new(value, null);

    /// <summary>A failed read.</summary>
    /// <exception cref="ArgumentNullException">There is no error: a failure without one would look like success.</exception>
    public static implicit operator ReadResult<T>(VenueError error) => new(default!, error ?? throw new ArgumentNullException(nameof(error)));

    /// <summary>A successful read, for types that the implicit conversion cannot take (interfaces).</summary>
    public static ReadResult<T> Ok(T value) => new(value, null);
}

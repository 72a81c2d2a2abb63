using System.Globalization;

namespace Workbench.Simulator.Binance;

/// <summary>A refusal in the venue's words: HTTP status, code and message, verbatim because clients compare them.</summary>
internal sealed record ApiError(int Code, string Message, int Status = 400)
{
    /// <summary>Seconds for the Retry-After header of 429 and 418.</summary>
    public long? RetryAfterSeconds { get; init; }

    /// <summary>JSON for the <c>data</c> member, when the error says more than its text.</summary>
    public byte[]? Data { get; init; }

    public static readonly ApiError InvalidSymbol = new(-1121, "Invalid symbol.");
    public static readonly ApiError InvalidSignature = new(-1022, "Signature for this request is not valid.");
    public static readonly ApiError KeyFormat = new(-2014, "API-key format invalid.", 401);
    public static readonly ApiError KeyRefused = new(-2015, "Invalid API-key, IP, or permissions for action.", 401);
    public static readonly ApiError TooOld = new(-1021, "Timestamp for this request is outside of the recvWindow.");
    public static readonly ApiError TooEarly = new(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
    public static readonly ApiError WindowTooBig = new(-1131, "recvWindow must be less than 60000.");
    public static readonly ApiError InvalidSide = new(-1117, "Invalid side.");
    public static readonly ApiError InvalidType = new(-1116, "Invalid orderType.");
    public static readonly ApiError InvalidTimeInForce = new(-1115, "Invalid timeInForce.");
    public static readonly ApiError InvalidInterval = new(-1120, "Invalid interval.");
    public static readonly ApiError UnknownOrder = new(-2011, "Unknown order sent.");
    public static readonly ApiError CancelRestricted = new(-2011, "Order was not canceled due to cancel restrictions.");
    public static readonly ApiError NoOrdersOnBook = new(-1112, "No orders on book for symbol.");
    public static readonly ApiError Archived = new(-2026, "Order was canceled or expired with no executed qty over 90 days ago and has been archived.");
    public static readonly ApiError NoSuchOrder = new(-2013, "Order does not exist.");
    public static readonly ApiError IdsDisagree = new(-2039, "Client order ID is not correct for this order ID.");
    public static readonly ApiError SelfTradeMode = new(-1013, "This symbol does not allow the specified self-trade prevention mode.");
    public static readonly ApiError SbeNotEnabled = new(-1155, "SBE is not enabled.");
    public static readonly ApiError BadTimeUnit = new(-1194, "Invalid value for time unit; expected either MICROSECOND or MILLISECOND.");
    public static readonly ApiError AlreadySubscribed = new(-2035, "User Data Stream subscription already active.");
    public static readonly ApiError NotSubscribed = new(-2036, "User Data Stream subscription not active.");
    public static readonly ApiError TooManySubscriptions = new(-2042, "Maximum subscription ID reached for this connection.");
    public static readonly ApiError NoListenKey = new(-1125, "This listenKey does not exist.");
    public static readonly ApiError Gone = new(-1020, "This operation is not supported.", 410);
    public static readonly ApiError Duplicate = new(-1101, "Duplicate values for a parameter detected.");
    public static readonly ApiError InvalidJson = new(-1135, "Invalid JSON Request");
    public static readonly ApiError InvalidStatus = new(-1122, "Invalid symbolStatus.");
    public static readonly ApiError InvalidTickerType = new(-1139, "Invalid ticker type.");
    public static readonly ApiError SymbolTwice = new(-1151, "Symbol is present multiple times in the list.");
    public static readonly ApiError OtherStatus = new(-1220, "The symbol's status does not match the requested symbolStatus.");
    public static readonly ApiError NoReferencePrice = new(-2043, "This symbol doesn't have a reference price.");
    public static readonly ApiError BadCombination = new(-1128, "Combination of optional parameters invalid.");

    public static ApiError Missing(string name) =>
        new(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    public static ApiError MissingEither(string one, string other) =>
        new(-1102, $"Param '{one}' or '{other}' must be sent, but both were empty/null!");

    public static ApiError Illegal(string name, string range) =>
        new(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{range}'.");

    public static ApiError Invalid(string name) => new(-1130, $"Data sent for parameter '{name}' is not valid.");

    public static ApiError TooMany(int expected, int received) =>
        new(-1101, string.Create(CultureInfo.InvariantCulture, $"Too many parameters; expected '{expected}' and received '{received}'."));

    public static ApiError NotRequired(string name) => new(-1106, $"Parameter '{name}' sent when not required.");

    public static ApiError TooPrecise(string name) => new(-1111, $"Parameter '{name}' has too much precision.");

    public static ApiError Unread(int read, int sent) =>
        new(-1104, string.Create(CultureInfo.InvariantCulture, $"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{sent}'."));

    public static ApiError Filter(string name) => new(-1013, $"Filter failure: {name}");

    public static ApiError Rejected(string why) => new(-2010, why);
}

using System.Collections.Frozen;
using Workbench.Sdk;
using static Workbench.Plugins.Binance.Errors.OutcomeClass;
using static Workbench.Sdk.VenueErrorKind;

namespace Workbench.Plugins.Binance.Errors;

/// <summary>One row of the table: what a code means for an order, and what kind of failure it is.</summary>
internal readonly record struct ErrorRow(OutcomeClass Class, VenueErrorKind Kind);

/// <summary>The one place where the venue's answers are classified: by code, by HTTP status, by text. Tested against the venue's published list.</summary>
internal static class ErrorTable
{
    /// <summary>A code that nobody has decided on proves nothing.</summary>
    private static readonly ErrorRow Undecided = new(OutcomeClass.Unknown, BadResponse);

    private static readonly FrozenDictionary<int, ErrorRow> ByCode = Rows().ToFrozenDictionary(row => row.Code, row => row.Row);

    /// <summary>Refusals of the engine that share one code and differ in words; the venue's clients compare these words, so they do not change.</summary>
    private static readonly (int Code, string Text, VenueErrorKind Kind)[] ByText =
    [
        (-2010, "Duplicate order sent", DuplicateClientOrderId),
        (-2010, "insufficient balance", InsufficientFunds),
        (-2010, "Market is closed", InstrumentRule),
        (-2010, "action is disabled on this account", Restricted),
        (-2011, "Unknown order sent", NotFound),
        (-2011, "restrictions", InvalidRequest),
        (-2038, "Unknown order sent", NotFound),
    ];

    public static bool Contains(int code) => ByCode.ContainsKey(code);

    public static ErrorRow Row(int code) => ByCode.GetValueOrDefault(code, Undecided);

    /// <summary>The kind of failure by code and words.</summary>
    public static VenueErrorKind Kind(int code, string message)
    {
        foreach (var (c, text, kind) in ByText)
        {
            if (c == code && message.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return Row(code).Kind;
    }

    /// <summary>What an answered order request proves. Only a 4xx with a readable body and a code that is known as a refusal proves that nothing happened: a server error proves nothing, whatever its body says, and 409 means that half of a cancel-replace happened.</summary>
    public static OutcomeClass Classify(int status, int? code) =>
        code is { } known && status is >= 400 and < 500 and not 409 && Row(known).Class == Rejected ? Rejected : OutcomeClass.Unknown;

    /// <summary>The kind of failure when there is no readable code.</summary>
    public static VenueErrorKind KindOfStatus(int status) => status switch
    {
        418 => Banned,
        429 => RateLimited,
        401 => Authentication,
        408 or 504 => VenueErrorKind.Timeout,
        403 or >= 500 => Unavailable,
        404 => NotFound,
        >= 400 and < 500 => InvalidRequest,
        _ => BadResponse,
    };

    private static IEnumerable<(int Code, ErrorRow Row)> Rows() =>
    [
        // The engine may have it: the venue itself says "execution status unknown", or may have forwarded the request.
        .. Of(OutcomeClass.Unknown, Unavailable, -1000, -1001, -1006),
        .. Of(OutcomeClass.Unknown, VenueErrorKind.Timeout, -1007),

        // The order was executed and only its answer could not be written in the asked encoding.
        .. Of(OutcomeClass.Unknown, BadResponse, -1161),

        // Cancel-replace did half of its work.
        .. Of(OutcomeClass.Unknown, InvalidRequest, -2021, -2022),

        // Refused at the door. The two "unavailable" ones come with 5xx as well, and then prove nothing.
        .. Of(Rejected, Unavailable, -1008, -1016),
        .. Of(Rejected, RateLimited, -1003, -1015),
        .. Of(Rejected, Authentication, -1002, -1022, -2008, -2014, -2015),
        .. Of(Rejected, ClockSkew, -1021),
        .. Of(Rejected, InvalidRequest, -1014, -1020),

        // Filters, decimals, and a symbol that is not listed: what we know of the market may be old.
        .. Of(Rejected, InstrumentRule, -1013, -1111, -1121),
        .. Of(Rejected, InvalidRequest, -1100, -1101, -1102, -1103, -1104, -1105, -1106, -1108),
        .. Of(Rejected, InvalidRequest, -1112, -1114, -1115, -1116, -1117, -1118, -1119, -1120, -1122),
        .. Of(Rejected, InvalidRequest, -1128, -1130, -1131, -1134, -1135, -1139, -1145),
        .. Of(Rejected, InvalidRequest, -1152, -1153, -1155, -1194, -1210, -1211, -1221),

        // Order lists: never sent, but a refusal by the same door.
        .. Of(Rejected, InvalidRequest, -1158, -1160, -1165, -1166, -1168, -1196, -1197, -1198, -1199, -1222, -1223, -1224, -1225),

        // Refused by the engine, or not open.
        .. Of(Rejected, InvalidRequest, -2010, -2038),
        .. Of(Rejected, NotFound, -2011, -2013),

        // Listen keys, time ranges, ticker lists, archives, subscriptions, reference prices.
        .. Of(Unrelated, InvalidRequest, -1125, -1127, -1151, -1220, -2016, -2026, -2035, -2036, -2039, -2042, -2043),

        // The FIX gateway.
        .. Of(Unrelated, InvalidRequest, -1033, -1034, -1035),
        .. Of(Unrelated, InvalidRequest, [.. Enumerable.Range(1169, 23).Select(code => -code)]),
    ];

    private static IEnumerable<(int Code, ErrorRow Row)> Of(OutcomeClass outcome, VenueErrorKind kind, params int[] codes) =>
        codes.Select(code => (code, new ErrorRow(outcome, kind)));
}

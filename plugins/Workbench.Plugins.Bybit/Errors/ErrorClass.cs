namespace Workbench.Plugins.Bybit.Errors;

/// <summary>What an answer, or its absence, means. What follows from it for an order is written in <see cref="Verdicts"/>.</summary>
internal enum ErrorClass
{
    /// <summary>The code is in no list that we know.</summary>
    Undocumented,

    /// <summary>The transport proves that nothing left this host.</summary>
    NotSent,

    /// <summary>Something may have left and no whole answer came.</summary>
    Lost,

    /// <summary>An answer came that is not the venue's documented form.</summary>
    Unreadable,

    /// <summary>The request breaks a rule.</summary>
    Request,

    /// <summary>The order breaks a rule of its market, or the market is closed or not listed.</summary>
    MarketRule,

    /// <summary>Key, signature, permission, region or terms.</summary>
    Authentication,

    /// <summary>The timestamp lies outside the window.</summary>
    ClockSkew,

    /// <summary>Balance or margin.</summary>
    Funds,

    /// <summary>The client order id, or the whole request, has been seen before.</summary>
    Duplicate,

    /// <summary>The order is unknown, complete or cancelled.</summary>
    NotOpen,

    /// <summary>The venue is working on the order; what comes of it is open.</summary>
    InProgress,

    /// <summary>Nothing had to be changed; only settings answer this.</summary>
    NoChange,

    /// <summary>Refused because the market or the account is closed for now.</summary>
    ClosedForNow,

    /// <summary>Refused at the gateway because of too many requests.</summary>
    RateLimited,

    /// <summary>Overload somewhere behind the gateway.</summary>
    Overloaded,

    /// <summary>The address is banned, in readable words.</summary>
    Banned,

    /// <summary>Forbidden by something that does not speak the venue's language, such as its content network.</summary>
    Blocked,

    /// <summary>Time-out, restart or internal error: it may have happened or not.</summary>
    Ambiguous,

    /// <summary>Documented for other parts of the venue; no answer to anything that we send.</summary>
    Foreign,
}

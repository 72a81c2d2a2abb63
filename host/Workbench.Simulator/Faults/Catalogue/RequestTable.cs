using System.Globalization;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults that answer in the venue's place, before or after it executed the request.</summary>
internal static class RequestTable
{
    private static readonly FaultOption<bool> AfterByDefault = FaultOption.Flag("before", false, "True: not executed; false: executed, and the answer says otherwise.");
    private static readonly FaultOption<bool> BeforeByDefault = FaultOption.Flag("before", true, "True: not executed; false: executed, and the answer says otherwise.");
    private static readonly FaultOption<int?> ServerError = FaultOption.Whole("status", 200, 599, 503, "HTTP status.");
    private static readonly FaultOption<int?> Code = FaultOption.Whole("code", -99_999, 999_999, null, "The venue's error code, such as -1007 or 10016; otherwise the one it gives with that status.");
    private static readonly FaultOption<string> Body = FaultOption.OneOf("body", "venue", "What the body is.", "venue", "html", "empty");
    private static readonly FaultOption<string?> RetryAfter = FaultOption.Text("retry-after", "seconds, 'date', 'none' or any text", "5", "The Retry-After header: seconds (0, negative and huge ones too), date (a point in time five seconds on), none, or any text.");
    private static readonly FaultOption<int?> Refusal = FaultOption.Whole("status", 200, 599, 429, "HTTP status.");
    private static readonly FaultOption<int?> Ban = FaultOption.Whole("status", 200, 599, 418, "HTTP status; Bybit bans with 403.");
    private static readonly FaultOption<int?> Redirection = FaultOption.Whole("status", 301, 308, 302, "HTTP status.");
    private static readonly FaultOption<string?> Target = FaultOption.Text("to", "address", "http://redirected.invalid", "Scheme, host and port it leads to; path and query are kept.");
    private static readonly FaultOption<TimeSpan> Delay = FaultOption.Duration("delay", "0ms", "1h", "1s", "How much later.");
    private static readonly FaultOption<decimal?> Jitter = FaultOption.Number("jitter", 0m, 1m, 0.5m, "How far the delay strays, as a share of it; drawn from the fault seed.");
    private static readonly FaultOption<TimeSpan> Late = FaultOption.Duration("delay", "0ms", "10m", "5s", "The order is accepted at some time up to this long after.");
    private static readonly FaultOption<decimal?> LateJitter = FaultOption.Number("jitter", 0m, 1m, 0m, "How far the delay strays, as a share of it; drawn from the fault seed.");
    private static readonly FaultOption<string> Told = FaultOption.OneOf("answer", "unknown", "What the sender is told: an error that leaves the outcome open, or nothing.", "unknown", "nothing");

    public static IEnumerable<FaultDefinition> All =>
    [
        new("error-5xx", "E04, E05, E06", "Requests are answered with a server error, before or after they were executed.")
        {
            Own = [AfterByDefault, ServerError, Code, Body],
            Requests = RequestKinds.Trading,
            Stage = static fault => fault.Get(AfterByDefault) ? Stage.Before : Stage.After,
            OnRequest = static (fault, exchange) => Give(exchange, new FaultAnswer(fault.Get(ServerError)!.Value, fault.Get(Code), Form(fault))),
        },
        new("too-many-requests", "E01", "Requests are refused with 429 and a Retry-After header of any form.")
        {
            Own = [BeforeByDefault, Refusal, Code, Body, RetryAfter],
            Requests = RequestKinds.Calls,
            Stage = static fault => fault.Get(BeforeByDefault) ? Stage.Before : Stage.After,
            OnRequest = static (fault, exchange) => Give(exchange, Limited(fault, exchange, fault.Get(Refusal)!.Value)),
        },
        new("banned", "E02", "Requests are refused with 418, as for a banned address.")
        {
            Own = [BeforeByDefault, Ban, Code, Body, RetryAfter],
            Requests = RequestKinds.Calls,
            Stage = static fault => fault.Get(BeforeByDefault) ? Stage.Before : Stage.After,
            OnRequest = static (fault, exchange) => Give(exchange, Limited(fault, exchange, fault.Get(Ban)!.Value)),
        },
        new("html-200", "N14", "Requests are answered with status 200 and a page, as a captive portal does.")
        {
            Own = [BeforeByDefault],
            IsHttpOnly = true,
            Requests = RequestKinds.Calls,
            Stage = static fault => fault.Get(BeforeByDefault) ? Stage.Before : Stage.After,
            OnRequest = static (_, exchange) => Give(exchange, new FaultAnswer(200, Form: AnswerForm.Html)),
        },
        new("redirect", "N13", "Requests are sent on to another host.")
        {
            Own = [Redirection, Target],
            IsHttpOnly = true,
            Requests = RequestKinds.Calls,
            OnRequest = static (fault, exchange) =>
            {
                var request = ((Server.HttpExchange)exchange).HttpRequest;
                var to = fault.Get(Target)!.TrimEnd('/') + request.Path + request.QueryString;
                return Give(exchange, new FaultAnswer(fault.Get(Redirection)!.Value, Form: AnswerForm.Empty) { Headers = [KeyValuePair.Create("Location", to)] });
            },
        },
        new("answer-lost", "E04, N03", "Requests are executed and the connection is reset instead of an answer.")
        {
            Requests = RequestKinds.Trading,
            Stage = static _ => Stage.After,
            OnRequest = static (_, exchange) =>
            {
                exchange.Reset();
                return ValueTask.CompletedTask;
            },
        },
        new("request-lost", "E05, N03", "The connection is reset before the request is executed; the sender sees what answer-lost shows.")
        {
            Requests = RequestKinds.Trading,
            OnRequest = static (_, exchange) =>
            {
                exchange.Reset();
                return ValueTask.CompletedTask;
            },
        },
        new("answer-withheld", "N03, E04", "Requests are executed and never answered; the connection stays open.")
        {
            Requests = RequestKinds.Trading,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) => exchange.HoldAsync(fault, readsBody: false),
        },
        new("latency", "N26", "Requests reach the venue late.")
        {
            Own = [Delay, Jitter],
            Requests = RequestKinds.Calls,
            OnRequest = static (fault, exchange) => exchange.DelayAsync(fault.Around(fault.Get(Delay), fault.Get(Jitter)!.Value)),
        },
        new("answer-late", "E15", "Requests are executed at once and answered late, after what they caused was pushed.")
        {
            Own = [Delay, LateJitter],
            Requests = RequestKinds.Trading,
            Stage = static _ => Stage.After,
            OnRequest = static (fault, exchange) => exchange.DelayAsync(fault.Around(fault.Get(Delay), fault.Get(LateJitter)!.Value)),
        },
        new("late-acceptance", "E10", "The sender is told that the outcome is unknown, or nothing, and the order is executed later.")
        {
            Own = [Late, LateJitter, Told, Code],
            Requests = RequestKinds.Trading,
            OnRequest = static (fault, exchange) =>
            {
                var delay = fault.Around(fault.Get(Late), fault.Get(LateJitter)!.Value);
                exchange.Postponement = new Postponement(fault, delay, new FaultAnswer(504, fault.Get(Code)), fault.Get(Told) == "nothing");
                return ValueTask.CompletedTask;
            },
        },
    ];

    private static ValueTask Give(Exchange exchange, FaultAnswer answer)
    {
        exchange.Answer(answer);
        return ValueTask.CompletedTask;
    }

    private static AnswerForm Form(ActiveFault fault) => fault.Get(Body) switch
    {
        "html" => AnswerForm.Html,
        "empty" => AnswerForm.Empty,
        _ => AnswerForm.Venue,
    };

    private static FaultAnswer Limited(ActiveFault fault, Exchange exchange, int status)
    {
        var header = fault.Get(RetryAfter)! switch
        {
            "none" => null,
            "date" => exchange.Lab.Time.GetUtcNow().AddSeconds(5).ToString("R", CultureInfo.InvariantCulture),
            var text => text,
        };
        return new FaultAnswer(status, fault.Get(Code), Form(fault))
        {
            Headers = header is null ? [] : [KeyValuePair.Create("Retry-After", header)],
        };
    }
}

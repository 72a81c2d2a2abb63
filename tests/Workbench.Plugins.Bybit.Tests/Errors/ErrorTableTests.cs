using System.Text.Json;
using Workbench.Plugins.Bybit.Errors;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Errors;

public sealed class ErrorTableTests(ITestOutputHelper output)
{
    private static readonly string[] OrderSections = ["UTA", "Spot Trade", "WS OE General code"];

    [Fact]
    public void Every_documented_code_has_a_decided_class()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Need("reference/bybit_v5_error_codes.json")));
        var classes = new SortedDictionary<ErrorClass, int>();
        var undecided = new List<string>();
        foreach (var entry in document.RootElement.GetProperty("codes").EnumerateArray())
        {
            var (code, section) = (entry.GetProperty("code").GetInt32(), entry.GetProperty("section").GetString()!);
            var found = ErrorTable.OfCode(code);
            classes[found] = classes.GetValueOrDefault(found) + 1;
            if (found == ErrorClass.Undocumented || (found == ErrorClass.Foreign && section == "Spot Trade"))
            {
                undecided.Add($"{section} {code} {entry.GetProperty("text").GetString()}");
            }
        }

        output.WriteLine($"{classes.Values.Sum()} codes: {string.Join(", ", classes.Select(c => $"{c.Key} {c.Value}"))}");
        undecided.ShouldBeEmpty();
        classes.Values.Sum().ShouldBeGreaterThan(600);
    }

    [Fact]
    public void Documented_code_is_never_rejected_where_its_text_says_that_the_outcome_is_open()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Need("reference/bybit_v5_error_codes.json")));
        string[] open = ["timeout", "internal error", "server error", "system error", "network error", "restarting", "for processing", "request processing"];
        var wrong = document.RootElement.GetProperty("codes").EnumerateArray()
            .Where(e => OrderSections.Contains(e.GetProperty("section").GetString()))
            .Where(e => open.Any(word => e.GetProperty("text").GetString()!.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Where(e => Verdicts.Of(ErrorTable.OfCode(e.GetProperty("code").GetInt32())).Create != Verdict.Unknown)
            .Select(e => e.ToString());

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(503, "System is under maintenance.", VenueErrorKind.Maintenance)]
    [InlineData(200, "System is under maintenance.", VenueErrorKind.Maintenance)]
    [InlineData(503, "Server error.", VenueErrorKind.Unavailable)]
    public void E32_Answer_that_speaks_of_maintenance_is_one_and_still_proves_nothing_about_an_order(int status, string words, VenueErrorKind kind)
    {
        var reply = new HttpReply { Kind = HttpReplyKind.Answered, Status = status, Body = JsonSerializer.SerializeToUtf8Bytes(new { retCode = 10016, retMsg = words, result = new { } }) };
        var failure = ReplyClassifier.Classify(reply, Envelope.Read(reply.Body), default);
        failure!.Error.Kind.ShouldBe(kind);
        failure.OfCreate().ShouldBeOfType<OrderOutcome.Unknown>();
    }

    [Theory]
    [InlineData(170151)]
    [InlineData(110066)]
    public void E35_Code_of_a_market_that_is_closed_for_now_is_a_restriction_and_a_refusal(int code)
    {
        var (kind, create, _) = Verdicts.Of(ErrorTable.OfCode(code));
        (kind, create).ShouldBe((VenueErrorKind.Restricted, Verdict.Rejected));
    }

    [Theory]
    [InlineData(170131, VenueErrorKind.InsufficientFunds, Verdict.Rejected)]
    [InlineData(110007, VenueErrorKind.InsufficientFunds, Verdict.Rejected)]
    [InlineData(10001, VenueErrorKind.InvalidRequest, Verdict.Rejected)]
    [InlineData(170140, VenueErrorKind.InstrumentRule, Verdict.Rejected)]
    [InlineData(170218, VenueErrorKind.InvalidRequest, Verdict.Rejected)]
    [InlineData(170134, VenueErrorKind.InstrumentRule, Verdict.Rejected)]
    [InlineData(170137, VenueErrorKind.InstrumentRule, Verdict.Rejected)]
    [InlineData(170157, VenueErrorKind.InstrumentRule, Verdict.Rejected)]
    [InlineData(10002, VenueErrorKind.ClockSkew, Verdict.Rejected)]
    [InlineData(10003, VenueErrorKind.Authentication, Verdict.Rejected)]
    [InlineData(10004, VenueErrorKind.Authentication, Verdict.Rejected)]
    [InlineData(33004, VenueErrorKind.Authentication, Verdict.Rejected)]
    [InlineData(10006, VenueErrorKind.RateLimited, Verdict.Rejected)]
    [InlineData(170005, VenueErrorKind.RateLimited, Verdict.Rejected)]
    [InlineData(429, VenueErrorKind.RateLimited, Verdict.Unknown)]
    [InlineData(10429, VenueErrorKind.RateLimited, Verdict.Unknown)]
    [InlineData(110072, VenueErrorKind.DuplicateClientOrderId, Verdict.Rejected)]
    [InlineData(170141, VenueErrorKind.DuplicateClientOrderId, Verdict.Rejected)]
    [InlineData(10014, VenueErrorKind.DuplicateClientOrderId, Verdict.Rejected)]
    [InlineData(10000, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(10016, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(170007, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(170146, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(170032, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(170035, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(170213, VenueErrorKind.NotFound, Verdict.Unknown)]
    [InlineData(987654, VenueErrorKind.BadResponse, Verdict.Unknown)]
    [InlineData(-1, VenueErrorKind.BadResponse, Verdict.Unknown)]
    internal void Create_refused_with_a_code_is_judged_so(int code, VenueErrorKind kind, Verdict verdict)
    {
        var (foundKind, create, _) = Verdicts.Of(ErrorTable.OfCode(code));

        foundKind.ShouldBe(kind);
        create.ShouldBe(verdict);
    }

    [Theory]
    [InlineData(170213, VenueErrorKind.NotFound, Verdict.Rejected)]
    [InlineData(110001, VenueErrorKind.NotFound, Verdict.Rejected)]
    [InlineData(170139, VenueErrorKind.NotFound, Verdict.Rejected)]
    [InlineData(170142, VenueErrorKind.NotFound, Verdict.Rejected)]
    [InlineData(170121, VenueErrorKind.InstrumentRule, Verdict.Rejected)]
    [InlineData(170212, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(170191, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(170147, VenueErrorKind.Unavailable, Verdict.Unknown)]
    [InlineData(10014, VenueErrorKind.DuplicateClientOrderId, Verdict.Unknown)]
    [InlineData(987654, VenueErrorKind.BadResponse, Verdict.Unknown)]
    internal void Cancel_refused_with_a_code_is_judged_so(int code, VenueErrorKind kind, Verdict verdict)
    {
        var (foundKind, _, cancel) = Verdicts.Of(ErrorTable.OfCode(code));

        foundKind.ShouldBe(kind);
        cancel.ShouldBe(verdict);
    }

    [Fact]
    public void Only_proof_from_the_transport_is_not_sent() =>
        Enum.GetValues<ErrorClass>().Where(c => Verdicts.Of(c) is { Create: Verdict.NotSent } or { Cancel: Verdict.NotSent }).ShouldBe([ErrorClass.NotSent]);
}

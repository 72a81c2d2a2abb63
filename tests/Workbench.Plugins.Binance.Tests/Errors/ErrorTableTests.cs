using System.Text.Json;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Errors;

public sealed class ErrorTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_published_code_has_a_decided_class()
    {
        using var published = JsonDocument.Parse(File.ReadAllText(SharedData.Folder("reference", "binance_spot_error_codes.json")));
        var codes = published.RootElement.GetProperty("codes").EnumerateArray().Select(c => c.GetProperty("code").GetInt32()).ToList();
        codes.Where(code => !ErrorTable.Contains(code)).ShouldBeEmpty();
        var counts = codes.CountBy(code => ErrorTable.Row(code).Class).OrderBy(pair => pair.Key);
        output.WriteLine($"{codes.Count} codes: {string.Join(", ", counts.Select(pair => $"{pair.Value} {pair.Key}"))}");
    }

    [Fact]
    public void The_codes_that_the_notes_call_ambiguous_are_exactly_the_unknown_ones_of_the_published_list()
    {
        using var published = JsonDocument.Parse(File.ReadAllText(SharedData.Folder("reference", "binance_spot_error_codes.json")));
        var unknown = published.RootElement.GetProperty("codes").EnumerateArray()
            .Where(c => ErrorTable.Row(c.GetProperty("code").GetInt32()).Class == OutcomeClass.Unknown)
            .Select(c => c.GetProperty("name").GetString() + " " + c.GetProperty("code").GetInt32());
        unknown.ShouldBe(["UNKNOWN -1000", "DISCONNECTED -1001", "UNEXPECTED_RESP -1006", "TIMEOUT -1007", "DEPRECATED_SCHEMA -1161", "Order -2021", "Order -2022"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(503, "System is under maintenance.", VenueErrorKind.Maintenance)]
    [InlineData(503, "An unknown error occurred while processing the request.", VenueErrorKind.Unavailable)]
    [InlineData(400, "An unknown error occurred while processing the request.", VenueErrorKind.Unavailable)]
    public void E32_Server_error_that_speaks_of_maintenance_is_one_and_still_proves_nothing_about_an_order(int status, string words, VenueErrorKind kind)
    {
        var reply = new HttpReply { Kind = HttpReplyKind.Answered, Status = status, Body = JsonSerializer.SerializeToUtf8Bytes(new { code = -1000, msg = words }) };
        ReplyErrors.Of(reply, default)!.Kind.ShouldBe(kind);
        ReplyErrors.OutcomeOf(reply, default).ShouldBeOfType<OrderOutcome.Unknown>().Reason.Message.ShouldBe(words);
    }

    [Theory]
    [InlineData("This action is disabled on this account.", VenueErrorKind.Restricted)]
    [InlineData("Market is closed.", VenueErrorKind.InstrumentRule)]
    public void E35_Refusal_of_what_is_closed_for_now_is_told_from_a_bad_request(string words, VenueErrorKind kind) => ErrorTable.Kind(-2010, words).ShouldBe(kind);

    [Theory]
    [InlineData(-1000, 400, "Unknown")]
    [InlineData(-1001, 400, "Unknown")]
    [InlineData(-1006, 400, "Unknown")]
    [InlineData(-1007, 400, "Unknown")]
    [InlineData(-1008, 400, "Rejected")]
    [InlineData(-1008, 503, "Unknown")]
    [InlineData(-1016, 503, "Unknown")]
    [InlineData(-1003, 429, "Rejected")]
    [InlineData(-1003, 418, "Rejected")]
    [InlineData(-1015, 429, "Rejected")]
    [InlineData(-1013, 400, "Rejected")]
    [InlineData(-1021, 400, "Rejected")]
    [InlineData(-1022, 400, "Rejected")]
    [InlineData(-1121, 400, "Rejected")]
    [InlineData(-2010, 400, "Rejected")]
    [InlineData(-2010, 500, "Unknown")]
    [InlineData(-2011, 400, "Rejected")]
    [InlineData(-2015, 401, "Rejected")]
    [InlineData(-2021, 409, "Unknown")]
    [InlineData(-2010, 409, "Unknown")]
    [InlineData(-2035, 400, "Unknown")]
    [InlineData(-9999, 400, "Unknown")]
    [InlineData(null, 400, "Unknown")]
    [InlineData(null, 403, "Unknown")]
    [InlineData(null, 404, "Unknown")]
    [InlineData(null, 407, "Unknown")]
    [InlineData(null, 408, "Unknown")]
    [InlineData(null, 418, "Unknown")]
    [InlineData(null, 429, "Unknown")]
    [InlineData(null, 500, "Unknown")]
    [InlineData(null, 302, "Unknown")]
    [InlineData(-2010, 302, "Unknown")]
    public void Answer_is_classified_by_status_and_code(int? code, int status, string expected) =>
        ErrorTable.Classify(status, code).ToString().ShouldBe(expected);

    [Theory]
    [InlineData(-2010, "Duplicate order sent.", VenueErrorKind.DuplicateClientOrderId)]
    [InlineData(-2010, "Account has insufficient balance for requested action.", VenueErrorKind.InsufficientFunds)]
    [InlineData(-2010, "Order would immediately match and take.", VenueErrorKind.InvalidRequest)]
    [InlineData(-2011, "Unknown order sent.", VenueErrorKind.NotFound)]
    [InlineData(-2011, "Order was not canceled due to cancel restrictions.", VenueErrorKind.InvalidRequest)]
    [InlineData(-2013, "Order does not exist.", VenueErrorKind.NotFound)]
    [InlineData(-2015, "Invalid API-key, IP, or permissions for action.", VenueErrorKind.Authentication)]
    [InlineData(-1021, "Timestamp for this request is outside of the recvWindow.", VenueErrorKind.ClockSkew)]
    public void Words_and_code_name_the_kind(int code, string words, VenueErrorKind expected) => ErrorTable.Kind(code, words).ShouldBe(expected);

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(429, "0", 40)]
    [InlineData(429, null, 40)]
    [InlineData(429, "-3", 40)]
    [InlineData(429, "soon", 40)]
    [InlineData(429, "99999999999999999999999", 3600)]
    [InlineData(429, "Tue, 14 Nov 2023 22:13:30 GMT", 10)]
    [InlineData(429, "Tue, 14 Nov 2023 22:13:10 GMT", 40)]
    [InlineData(418, null, 120)]
    [InlineData(418, "0", 120)]
    [InlineData(429, "Tuesday, 14-Nov-23 22:13:30 GMT", 10)]
    [InlineData(429, "Tue Nov 14 22:13:30 2023", 10)]
    [InlineData(418, "3600", 3600)]
    [InlineData(418, "99999999999999999999999", 259200)]
    [InlineData(503, "3600", null)]
    public void Retry_after_in_any_form_gives_a_sensible_pause(int status, string? header, int? seconds)
    {
        // The clock stands at 22:13:20, so forty seconds are left of the minute.
        var reply = header is null ? FakeHttp.Answer(status, "") : FakeHttp.Answer(status, "", ("retry-after", header));
        VenuePauses.Of(reply, Timestamp.FromUnixMilliseconds(Venue.NowMilliseconds)).ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
    }

    [Theory]
    [InlineData("""{"code":-1121,"msg":"Invalid symbol."}""", -1121)]
    [InlineData("""{"msg":"x","extra":{"code":-5},"code":-1003}""", -1003)]
    [InlineData("""{"code":"ERROR CODE","msg":"ERROR MESSAGE"}""", null)]
    [InlineData("""{"code":200,"msg":"ok"}""", null)]
    [InlineData("<html>WAF</html>", null)]
    [InlineData("""{"code":-1121""", null)]
    [InlineData("", null)]
    public void Only_the_documented_envelope_is_an_error_body(string body, int? code) =>
        (ErrorBody.Read(System.Text.Encoding.UTF8.GetBytes(body))?.Code).ShouldBe(code);
}

namespace Workbench.Sdk.Tests.Connectors;

public sealed class ReadResultTests
{
    private static readonly VenueError Error = new(VenueErrorKind.Timeout, "no answer", "-1007");

    [Fact]
    public void Result_of_a_value_is_ok()
    {
        ReadResult<int> result = 7;
        (result.IsOk, result.Value, result.Error).ShouldBe((true, 7, null));
    }

    [Fact]
    public void Result_of_an_error_has_no_value()
    {
        ReadResult<int> result = Error;
        (result.IsOk, result.Error).ShouldBe((false, Error));
        Should.Throw<InvalidOperationException>(() => result.Value).Message.ShouldContain("Timeout -1007: no answer");
    }

    [Fact]
    public void Result_of_no_error_would_look_like_success_and_does_not_exist() =>
        Should.Throw<ArgumentNullException>(() => (ReadResult<int>)(VenueError)null!);

    [Fact]
    public void Result_may_be_the_absence_of_a_value() => (ReadResult<string?>.Ok(null) is { IsOk: true, Value: null }).ShouldBeTrue();

    [Fact]
    public void Result_of_an_empty_list_is_not_a_failure() => ReadResult<IReadOnlyList<int>>.Ok([]).Value.ShouldBeEmpty();

    [Theory]
    [InlineData(VenueErrorKind.Local, true)]
    [InlineData(VenueErrorKind.Network, true)]
    [InlineData(VenueErrorKind.Timeout, true)]
    [InlineData(VenueErrorKind.RateLimited, true)]
    [InlineData(VenueErrorKind.Unavailable, true)]
    [InlineData(VenueErrorKind.BadResponse, true)]
    [InlineData(VenueErrorKind.Banned, false)]
    [InlineData(VenueErrorKind.Authentication, false)]
    [InlineData(VenueErrorKind.ClockSkew, false)]
    [InlineData(VenueErrorKind.InvalidRequest, false)]
    [InlineData(VenueErrorKind.InsufficientFunds, false)]
    [InlineData(VenueErrorKind.NotFound, false)]
    [InlineData(VenueErrorKind.DuplicateClientOrderId, false)]
    [InlineData(VenueErrorKind.Cancelled, false)]
    [InlineData(VenueErrorKind.Maintenance, true)]
    [InlineData(VenueErrorKind.Restricted, false)]
    [InlineData(VenueErrorKind.InstrumentRule, false)]
    public void Error_is_transient_when_time_alone_may_cure_it(VenueErrorKind kind, bool isTransient) => new VenueError(kind, "x").IsTransient.ShouldBe(isTransient);

    [Fact]
    public void Error_table_names_every_kind() => Enum.GetValues<VenueErrorKind>().Length.ShouldBe(17);

    [Fact]
    public void Error_is_one_line()
    {
        Error.ToString().ShouldBe("Timeout -1007: no answer");
        (Error with { Code = null }).ToString().ShouldBe("Timeout: no answer");
    }

    [Fact]
    public void Stream_that_ends_orderly_has_no_error() => StreamEnd.Orderly.Error.ShouldBeNull();
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Core.Connections;
using Workbench.Core.Execution;
using Workbench.Core.Health;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections;

public sealed class EffectPerformerTests : IAsyncDisposable
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ClientOrderId Id = new("a1");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(54));
    private readonly PipelineInbox _inbox = new();
    private readonly FakeConnector _connector;
    private Connection _connection;
    private readonly EffectPerformer _performer;

    public EffectPerformerTests()
    {
        _connector = new FakeConnector("binance") { Clock = () => Timestamp.Now(_time) };
        _connection = Connect(breakerFailures: 3);
        _performer = new EffectPerformer(id => id == Binance ? _connection : null, _inbox, _time);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("cancel")]
    [InlineData("look-up")]
    public async Task Effect_for_a_connection_that_does_not_exist_comes_back_as_not_done(string kind)
    {
        var answer = await PerformAsync(Effect(kind, new ConnectionId("gone")));
        ShouldBeNotDone(answer, VenueErrorKind.Unavailable, "there is no connection gone");
    }

    [Theory]
    [InlineData("send", VenueErrorKind.Authentication)]
    [InlineData("cancel", VenueErrorKind.Authentication)]
    [InlineData("look-up", VenueErrorKind.Unavailable)]
    public async Task Effect_for_a_connection_that_is_not_up_comes_back_as_not_done(string kind, VenueErrorKind error) =>
        ShouldBeNotDone(await PerformAsync(Effect(kind, Binance)), error, "binance");

    [Fact]
    public async Task Order_is_sent_exactly_once_whatever_comes_back()
    {
        await _connection.DisposeAsync();
        _connection = Connect(breakerFailures: 1_000); // So that the breaker never stands in the way.
        await UpAsync();

        // A refused time keeps further orders back until the venue's clock was asked, so it comes last.
        OrderOutcome[] outcomes = [.. Enum.GetValues<VenueErrorKind>().Where(k => k != VenueErrorKind.ClockSkew).SelectMany(k => new OrderOutcome[] { new OrderOutcome.Unknown(new VenueError(k, "x")), new OrderOutcome.NotSent(new VenueError(k, "x")) }), new OrderOutcome.NotSent(new VenueError(VenueErrorKind.ClockSkew, "x"))];
        var sent = 0;
        foreach (var outcome in outcomes)
        {
            _connector.FakeTrading!.OnSubmit = _ => outcome;
            var answer = await PerformAsync(Effect("send", Binance));
            answer.ShouldBeOfType<AttemptAnswered>().Outcome.ShouldBe(outcome);
            _connector.FakeTrading.Submitted.Count.ShouldBe(++sent);
        }
    }

    [Fact]
    public async Task Order_for_an_open_breaker_is_proven_not_sent()
    {
        await UpAsync();
        _connector.FakeTrading!.OnSubmit = _ => new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "x"));
        for (var i = 0; i < 3; i++)
        {
            await PerformAsync(Effect("send", Binance));
        }

        var answer = await PerformAsync(Effect("send", Binance));
        ShouldBeNotDone(answer, VenueErrorKind.Unavailable, "the circuit breaker is open");
        _connector.FakeTrading.Submitted.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Order_at_a_connector_that_throws_is_unknown()
    {
        await UpAsync();
        _connector.FakeTrading!.OnSubmit = _ => throw new InvalidDataException("boom");
        var answer = await PerformAsync(Effect("send", Binance));
        answer.ShouldBeOfType<AttemptAnswered>().Outcome.ShouldBeOfType<OrderOutcome.Unknown>().Reason.Message.ShouldContain("boom");
        _connector.FakeTrading.Submitted.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Look_up_that_throws_is_a_failed_read_and_no_absence()
    {
        await UpAsync();
        _connector.FakeTrading!.OnQuery = _ => throw new InvalidDataException("boom");
        var answer = (await PerformAsync(Effect("look-up", Binance))).ShouldBeOfType<OrderLookedUp>();
        (answer.Answer.IsOk, answer.Id).ShouldBe((false, Id));
    }

    [Fact]
    public async Task Look_up_that_finds_nothing_says_so_and_when_it_was_asked()
    {
        await UpAsync();
        var asked = Timestamp.Now(_time);
        _connector.FakeTrading!.OnQuery = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return ReadResult<OrderReport?>.Ok(null);
        };
        var answer = (await PerformAsync(Effect("look-up", Binance))).ShouldBeOfType<OrderLookedUp>();
        (answer.Answer.IsOk, answer.Answer.Value, answer.AskedAt, answer.At).ShouldBe((true, null, asked, asked + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Cancel_comes_back_as_its_own_answer()
    {
        await UpAsync();
        (await PerformAsync(Effect("cancel", Binance))).ShouldBeOfType<CancelAnswered>().Outcome.ShouldBeOfType<OrderOutcome.Rejected>();
    }

    [Fact]
    public async Task Drain_waits_for_what_is_on_its_way_and_two_seconds_at_most()
    {
        await UpAsync();
        using var release = new ManualResetEventSlim();
        _connector.FakeTrading!.BeforeSubmit = () => release.Wait(TestContext.Current.CancellationToken);
        _performer.Perform(Effect("send", Binance));
        var drain = _performer.DrainAsync();
        _time.Advance(TimeSpan.FromSeconds(1.99));
        drain.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.01));
        await drain.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        release.Set();
        await _performer.DrainAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private Connection Connect(int breakerFailures)
    {
        var settings = new ConnectionSettings { Id = Binance, Resilience = new ResilienceSettings { Jitter = 0, BreakerFailures = breakerFailures } };
        var opened = new ConnectorOpening.Opened(_connector, false, null, static (_, _, _) => { }, _connector);
        return new Connection(settings, (_, _) => Task.FromResult<ConnectorOpening>(opened), _inbox, _ => 0, new LocalFaults(_time), Some.Standby(), _time, NullLogger.Instance);
    }

    private static ExecutionEffect Effect(string kind, ConnectionId connection)
    {
        var reference = new OrderReference(Some.Instrument(), Id, null);
        return kind switch
        {
            "send" => new SendOrder(connection, new NewOrder { ClientOrderId = Id, Instrument = Some.Instrument(), Side = Side.Buy, Type = OrderType.Market, Quantity = new Quantity(1) }),
            "cancel" => new SendCancel(connection, reference),
            _ => new LookUpOrder(connection, reference),
        };
    }

    private static void ShouldBeNotDone(ExecutionEvent answer, VenueErrorKind kind, string text)
    {
        var error = answer switch
        {
            AttemptAnswered { Id: var id, Outcome: OrderOutcome.NotSent proof } when id == Id => proof.Proof,
            CancelAnswered { Id: var id, Outcome: OrderOutcome.NotSent proof } when id == Id => proof.Proof,
            OrderLookedUp { Id: var id, Answer.Error: { } failed } when id == Id => failed,
            _ => throw new ShouldAssertException($"not a refusal: {answer}"),
        };
        error.Kind.ShouldBe(kind);
        error.Message.ShouldContain(text);
    }

    private async Task UpAsync()
    {
        _connection.Start();
        await TakeAsync(m => m is InstrumentsLoaded);
    }

    private async Task<ExecutionEvent> PerformAsync(ExecutionEffect effect)
    {
        _performer.Perform(effect);
        var message = await TakeAsync(m => m is OrderFact { Event: AttemptAnswered or CancelAnswered or OrderLookedUp });
        return ((OrderFact)message).Event;
    }

    private async Task<WorkbenchMessage> TakeAsync(Func<WorkbenchMessage, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await Task.Run(() =>
        {
            while (true)
            {
                while (_inbox.TryTake(out var message))
                {
                    if (wanted(message))
                    {
                        return message;
                    }
                }

                _inbox.Wait(limit.Token);
            }
        });
    }
}

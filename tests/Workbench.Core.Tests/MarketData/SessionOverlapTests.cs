using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

/// <summary>Two sessions of one stream side by side, as the sequencer makes one sequence of them.</summary>
public sealed class SessionOverlapTests
{
    private static readonly ConnectionId Binance = new("binance");

    private readonly SequencerStage _sequencer = new();
    private readonly Collected _output = new();
    private readonly List<string> _seen = [];

    [Fact]
    public void N20_Trades_of_two_sessions_come_once_each_in_order_whichever_is_ahead()
    {
        Tell("1:t1 1:t2 2:t4 2:t5 1:t3 1:t4 2:t6 1:t5 1:t6 2:t7 end1 2:t8");
        Seen().ShouldBe("t1 t2 t3 t4 t5 t6 t7 t8");
    }

    [Fact]
    public void N20_Quotes_that_wait_for_an_older_session_follow_when_it_ends()
    {
        Tell("1:q1 2:q3 2:q4 1:q2 end1 2:q5");
        Seen().ShouldBe("q1 q2 q3 q4 q5");
    }

    [Fact]
    public void N20_Session_that_waited_too_long_for_a_dead_one_takes_over()
    {
        Tell("1:q1 2:q2 2:q3 wait 2:q4");
        Seen().ShouldBe("q1 q2 q3 q4");
    }

    [Fact]
    public void N23_Trades_that_come_again_after_a_reconnect_are_dropped()
    {
        Tell("1:t1 1:t2 end1 2:t2 2:t3 2:t3");
        Seen().ShouldBe("t1 t2 t3");
    }

    [Fact]
    public void N20_Newer_session_that_ends_before_its_turn_leaves_the_older_one_in_place()
    {
        Tell("1:q1 2:q3 end2 1:q2 1:q4");
        Seen().ShouldBe("q1 q2 q4");
    }

    [Fact]
    public void N20_Newer_session_that_ends_after_it_took_over_gives_back_to_the_older_one()
    {
        Tell("1:q1 2:q2 wait end2 1:q3 1:q4");
        Seen().ShouldBe("q1 q2 q3 q4");
    }

    private string Seen() => string.Join(' ', _seen);

    private void Tell(string steps)
    {
        var now = Some.Now;
        foreach (var step in steps.Split(' '))
        {
            WorkbenchMessage message = step switch
            {
                "wait" => new TimePassed(now += TimeSpan.FromSeconds(1)),
                ['e', 'n', 'd', var session] => new MarketStreamEnded(Binance, session - '0'),
                _ => new MarketDataArrived(Event(step[0] - '0', step[2], step[3] - '0')),
            };
            var before = _output.Messages.Count;
            var passes = _sequencer.Process(message, _output);
            foreach (var e in _output.Messages.Skip(before).Concat(passes ? [message] : []).OfType<MarketDataArrived>())
            {
                _seen.Add(e.Event is Trade trade ? trade.Id.Value : $"q{e.Event.Stamp.Sequence}");
            }
        }
    }

    private static MarketEvent Event(int session, char kind, int number)
    {
        var quote = Some.Quote("binance", 1, 2, session);
        var stamp = quote.Stamp with { Sequence = number };
        return kind == 't' ? new Trade(quote.Symbol, new TradeId($"t{number}"), new Price(1), new Quantity(1), Side.Buy, stamp) : quote with { Stamp = stamp };
    }
}

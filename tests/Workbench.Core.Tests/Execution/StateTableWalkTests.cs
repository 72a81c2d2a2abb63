using Workbench.Core.Execution;
using Workbench.Sdk;
using static Workbench.Core.Tests.Execution.Given;

namespace Workbench.Core.Tests.Execution;

/// <summary>The whole table of states and events, walked through the core and compared with a table written by hand from the design, not from the code.</summary>
/// <remarks>
/// A cell is the state afterwards, <c>=</c> for the same one; <c>!</c> an anomaly is told; <c>c</c> a cancel is sent; <c>?</c> a look-up is asked for at once; <c>H</c> the market is
/// halted. Preparing and sending are one step of the pipeline, so the row of a prepared order is that of one in flight. Stricter than the usual textbook: a fill of an order
/// that was never sent is applied with an alarm; a refused send of an order that is seen working is looked up and not believed; after the end only a newer word reopens;
/// a cancel that the venue confirms for a refused or dead order is adopted with an alarm.
/// </remarks>
public sealed class StateTableWalkTests
{
    private const string Expected = """
                  Prep       NotSent Refused   Dup   Ack     Ambig     Mixed Found   Absent Failed Proven Fill       DupFill Bust  CancelAsk CancelAck   CancelRef CancelAmb VCancel     VExpire   VFilled  Restart
        Draft     InFlight   =!      =!        =!    =!      =!        =!    =!      =!     =!     =!     Partial!   -       -     Dead      =!          =!        =!        Cancelled!  Expired!  Filled!  Dead
        InFlight  =!         Dead    Rejected  Unknown? Live Unknown?  Unknown!? Live =     =      =!     Partial    -       -     =c        Cancelled   =         =         Cancelled   Expired   Filled   Unknown
        Unknown   =!         =!      Rejected  =?    Live    =         =!?   Live    =      =      Dead   Partial    -       -     =c        Cancelled   =         =         Cancelled   Expired   Filled   =
        Live      =!         =!      =!?       =     =       =         =!    =       =      =      =!?H   Partial    -       -     =c        Cancelled   =         =?        Cancelled   Expired   Filled   Unknown
        Partial   =!         =!      =!?       =     =       =         =!    =       =      =      =!?H   =          =       =!    =c        Cancelled   =         =?        Cancelled   Expired   Filled   Unknown
        Unknown+c =!         =!      Rejected  =?    Live    =         =!?   Live    =      =      Dead   Partial    -       -     =         Cancelled   =         =         Cancelled   Expired   Filled   =
        Live+c    =!         =!      =!?       =     =       =         =!    =       =      =      =!?H   Partial    -       -     =         Cancelled   =         =?        Cancelled   Expired   Filled   Unknown
        Partial+c =!         =!      =!?       =     =       =         =!    =       =      =      =!?H   =          =       =!    =         Cancelled   =         =?        Cancelled   Expired   Filled   Unknown
        Filled    =!         =!      =!        =     =       =         =!    =       =      =      =      =!H        =       =!    =         =!          =         =         =!          =!        =        =
        Cancelled =!         =!      =         =     Live!?  =         =!    Live!   =      =      =      =!         -       -     =         =           =         =         =           =         Filled!? =
        Rejected  =!         =!      =         =!    Live!?  =         =!    Live!   =      =      =      Partial!?  -       -     =c        Cancelled!  =         =         Cancelled!  Expired!  Filled!? =
        NotSent   =!         =!      =         =!    Live!?  =         =!    Live!   =      =      =      Partial!?  -       -     =         Cancelled!  =         =         Cancelled!  Expired!  Filled!? =
        Proven    =!         =!      =         =!    Live!?  =         =!    Live!   =      =      =      Partial!?  -       -     =c        Cancelled!  =         =         Cancelled!  Expired!  Filled!? =
        """;

    private static readonly Dictionary<string, Action<Given>> States = new()
    {
        ["Draft"] = g => g.Created(),
        ["InFlight"] = g => g.Sent(),
        ["Unknown"] = g => g.Sent().Answered(Given.Unknown),
        ["Live"] = g => g.Working(),
        ["Partial"] = g => g.Working().Filled(0.3m, trade: "first"),
        ["Unknown+c"] = g =>
        {
            g.Sent().Answered(Given.Unknown);
            g.CancelAsked();
        },
        ["Live+c"] = g => g.Working().CancelAsked(),
        ["Partial+c"] = g =>
        {
            g.Working().Filled(0.3m, trade: "first");
            g.CancelAsked();
        },
        ["Filled"] = g => g.Working().Filled(1, trade: "first"),
        ["Cancelled"] = g => g.Working().Reported(OrderStatus.Cancelled, 0),
        ["Rejected"] = g => g.Sent().Answered(Rejected()),
        ["NotSent"] = g => g.Sent().Answered(Given.NotSent),
        ["Proven"] = g =>
        {
            g.Sent().Answered(Given.Unknown);
            g.Apply(new DeadProven(g.Now, g.Id, "proof"));
        },
    };

    private static readonly Dictionary<string, Action<Given>> Events = new()
    {
        ["Prep"] = g => g.Apply(new AttemptPrepared(g.Now, g.Id, Binance, false, false, Given.NewOrder(g.Id))),
        ["NotSent"] = g => g.Answered(Given.NotSent),
        ["Refused"] = g => g.Answered(Rejected()),
        ["Dup"] = g => g.Answered(Rejected(VenueErrorKind.DuplicateClientOrderId)),
        ["Ack"] = g => g.Answered(g.Accepted(OrderStatus.New)),
        ["Ambig"] = g => g.Answered(Given.Unknown),
        ["Mixed"] = g => g.Answered(new OrderOutcome.Accepted(g.Report(OrderStatus.New) with { Symbol = "ETH/USDT" }, [])),
        ["Found"] = g => g.LookedUp(g.Report(OrderStatus.New)),
        ["Absent"] = g => g.LookedUp(Given.Absent),
        ["Failed"] = g => g.LookedUp(ReadFailed),
        ["Proven"] = g => g.Apply(new DeadProven(g.Now, g.Id, "proof")),
        ["Fill"] = g => g.Filled(0.4m),
        ["DupFill"] = g => g.Filled(g.Order.FilledQuantity.Value, trade: "first"),
        ["Bust"] = g => g.Apply(new FillReported(g.Now, Binance, g.Fill(g.Order.FilledQuantity.Value) with { Side = Side.Sell, Reverses = new TradeId("first") })),
        ["CancelAsk"] = g => g.CancelAsked(),
        ["CancelAck"] = g => g.CancelAnswered(g.Accepted(OrderStatus.Cancelled, 0)),
        ["CancelRef"] = g => g.CancelAnswered(Rejected()),
        ["CancelAmb"] = g => g.CancelAnswered(Given.Unknown),
        ["VCancel"] = g => g.Reported(OrderStatus.Cancelled, 0),
        ["VExpire"] = g => g.Reported(OrderStatus.Expired, 0),
        ["VFilled"] = g => g.Reported(OrderStatus.Filled, 1),
        ["Restart"] = g => g.Apply(new EpochStarted(g.Now, 3)),
    };

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            string[][] lines = [.. Expected.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(l => l.Length > 1)];
            return new(lines.Skip(1).SelectMany(row => lines[0].Select((e, i) => (row[0], e, row[i + 1]))).Where(c => c.Item3 != "-"));
        }
    }

    [Fact]
    public void Table_has_every_state_and_every_event() =>
        Expected.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length).Distinct().Order().ShouldBe([Events.Count, Events.Count + 1]);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cell_is_what_the_design_says(string state, string happening, string expected)
    {
        var given = new Given();
        States[state](given);
        var before = Name(given);
        given.Effects.Clear();
        given.Anomalies.Clear();
        given.Wait(1);
        Events[happening](given);
        var after = Name(given);
        var told = (after == before ? "=" : after)
            + (given.Effects.OfType<SendCancel>().Any() ? "c" : "")
            + (given.Anomalies.Count > 0 ? "!" : "")
            + (given.Effects.OfType<LookUpOrder>().Any() ? "?" : "")
            + (given.Core.Halted.Count > 0 ? "H" : "");
        told.ShouldBe(expected, $"{happening} in {state}: {given.Order}; {string.Join("; ", given.Anomalies)}");
    }

    private static string Name(Given given) => given.Order switch
    {
        { Status: OrderStatus.New, Knowledge: OrderKnowledge.Known } => "Live",
        { Status: OrderStatus.PartiallyFilled, Knowledge: OrderKnowledge.Known } => "Partial",
        { Status: { } status, Knowledge: OrderKnowledge.Known } => status.ToString(),
        { IsDone: true } => "Dead",
        { Knowledge: OrderKnowledge.NotSent } => "Draft",
        var order => order.Knowledge.ToString(),
    };
}

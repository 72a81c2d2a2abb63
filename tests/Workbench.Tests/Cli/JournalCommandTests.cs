using Workbench.Cli;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Sdk;
using Workbench.Storage;

namespace Workbench.Tests.Cli;

public sealed class JournalCommandTests : IDisposable
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ClientOrderId Sent = ClientOrderIds.Create("abc", 1, 1, 0);
    private static readonly ClientOrderId Denied = ClientOrderIds.Create("abc", 1, 2, 0);
    private readonly string _directory = Directory.CreateTempSubdirectory("workbench-journal-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Journal => Path.Combine(_directory, "journal");

    private Workbench.Cli.Terminal Terminal => new(_output, _error, verbose: false);

    [Fact]
    public void Why_tells_asked_sent_answered_and_what_is_unknown_in_80_columns()
    {
        Write(Asked(Sent), Prepared(), new AttemptAnswered(At(3), Sent, new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "no answer within 5 s"))));
        new WhyCommand(Terminal).Run(Journal, Sent.Value[..14]).ShouldBe(ExitCodes.Ok);
        var text = _output.ToString();
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words.ShouldContain("00:00:01.000 script a.csx asked for: buy 1 BTC/USDT, limit 100, until cancelled");
        words.ShouldContain($"about to send to binance, as {Sent}: buy 1 BTC/USDT, limit 100");
        words.ShouldContain("no word whether the order arrived: Timeout: no answer within 5 s. It may be at the venue [after 1000.0 ms]");
        words.ShouldContain("UNKNOWN: nobody can say yet whether it is at binance. 0 of 1 filled; up to 1 may still fill and stays reserved.");
        words.ShouldContain("It is not sent again.");
        text.Split('\n').Max(l => l.TrimEnd().Length).ShouldBeLessThanOrEqualTo(80);
    }

    [Fact]
    public void Why_finds_an_order_by_the_venues_id_and_tells_its_fills_and_end()
    {
        var report = new OrderReport { Symbol = "BTC/USDT", ClientOrderId = Sent, VenueOrderId = new VenueOrderId("28457"), Status = OrderStatus.New, VenueTime = At(3) };
        var fill = new FillReport { Symbol = "BTC/USDT", TradeId = new TradeId("t-1"), VenueOrderId = new VenueOrderId("28457"), Side = Side.Buy, Price = new Price(100), Quantity = new Quantity(1), VenueTime = At(4) };
        Write(Asked(Sent), Prepared(), new AttemptAnswered(At(3), Sent, new OrderOutcome.Accepted(report, [])), new FillReported(At(4), Binance, fill));
        new WhyCommand(Terminal).Run(Journal, "28457").ShouldBe(ExitCodes.Ok);
        _output.ToString().ShouldContain("bought 1 at 100, trade t-1");
        _output.ToString().ShouldContain("Over: Filled, 1 of 1 filled at 100 on average.");
    }

    [Fact]
    public void Why_a_denied_order_names_the_rule_with_its_numbers()
    {
        Write(Asked(Denied), new IntentDenied(At(2), Denied, "max_position", "limit 0.5 BTC, would be 0.62 BTC"));
        new WhyCommand(Terminal).Run(Journal, Denied.Value).ShouldBe(ExitCodes.Ok);
        _output.ToString().ReplaceLineEndings(" ").ShouldContain("denied by max_position: limit 0.5 BTC, would be 0.62 BTC; nothing");
    }

    [Fact]
    public void Why_asks_for_more_of_an_ambiguous_id_and_names_an_unknown_one()
    {
        Write(Asked(Sent), Asked(Denied));
        Should.Throw<UserErrorException>(() => new WhyCommand(Terminal).Run(Journal, "wabc")).Message.ShouldContain("may be 2 orders");
        Should.Throw<UserErrorException>(() => new WhyCommand(Terminal).Run(Journal, "nosuch")).Message.ShouldContain("knows no order 'nosuch'");
        Should.Throw<UserErrorException>(() => new WhyCommand(Terminal).Run(Path.Combine(_directory, "nowhere"), "x")).Message.ShouldContain("there is no order journal in");
    }

    [Fact]
    public void Verify_and_dump_work_while_a_host_holds_the_journal()
    {
        using var storage = FileJournalStorage.Open(Journal);
        Append(storage, Asked(Sent));
        new JournalCommand(Terminal).Verify(Journal).ShouldBe(ExitCodes.Ok);
        _output.ToString().ShouldContain("1 segments, 1 records");
        _output.ToString().ShouldContain("the chain is whole");
        new JournalCommand(Terminal).Dump(Journal, null, 1, json: true).ShouldBe(ExitCodes.Ok);
        _output.ToString().ShouldContain("\"type\":\"IntentCreated\",\"version\":1,\"data\":{\"at\":1000000000,");
    }

    [Fact]
    public void Dump_takes_one_order_from_a_record_on_and_lets_no_control_byte_through()
    {
        Write(Asked(Sent), Asked(Denied), new IntentDenied(At(2), Denied, "venue", "\u001b[2J"), new DeadProven(At(3), Sent, "two reads"));
        new JournalCommand(Terminal).Dump(Journal, Denied.Value, 3, json: false).ShouldBe(ExitCodes.Ok);
        var lines = _output.ToString().TrimEnd().Split('\n');
        lines.ShouldHaveSingleItem().ShouldContain($"3 1970-01-01T00:00:02.000Z {Denied} denied by venue");
        lines[0].ShouldNotContain('\u001b');
    }

    [Fact]
    public void P17_Torn_end_is_repaired_only_with_yes_and_a_copy_is_kept()
    {
        Write(Asked(Sent), Asked(Denied));
        var bytes = Damage(fromEnd: 5);
        new JournalRepair(Terminal).Run(Journal, yes: false, loseRecords: false).ShouldBe(ExitCodes.Ok);
        File.ReadAllBytes(Segment).ShouldBe(bytes);
        new JournalRepair(Terminal).Run(Journal, yes: true, loseRecords: false).ShouldBe(ExitCodes.Ok);
        File.ReadAllBytes(Path.Combine(Journal, "before-repair-1", Path.GetFileName(Segment))).ShouldBe(bytes);
        Verified().ShouldContain("1 segments, 1 records");
    }

    [Fact]
    public void P18_Damage_in_the_middle_is_named_and_cut_only_when_losing_records_is_said()
    {
        Write(Asked(Sent), Asked(Denied));
        var bytes = Damage(at: 40);
        new JournalCommand(Terminal).Verify(Journal).ShouldBe(ExitCodes.Failed);
        _output.ToString().ShouldContain("is damaged at offset 0");
        _output.ToString().ShouldContain("1 intact records lie behind it");
        new JournalRepair(Terminal).Run(Journal, yes: true, loseRecords: false).ShouldBe(ExitCodes.Usage);
        File.ReadAllBytes(Segment).ShouldBe(bytes);
        new JournalRepair(Terminal).Run(Journal, yes: true, loseRecords: true).ShouldBe(ExitCodes.Ok);
        Verified().ShouldContain("1 segments, 0 records");
    }

    [Fact]
    public void P27_Repair_is_refused_while_a_host_holds_the_journal()
    {
        Write(Asked(Sent), Asked(Denied));
        var bytes = Damage(fromEnd: 5);
        using (FileJournalStorage.Open(Journal))
        {
            Should.Throw<UserErrorException>(() => new JournalRepair(Terminal).Run(Journal, yes: true, loseRecords: false)).Message.ShouldContain("in use by another workbench");
        }

        File.ReadAllBytes(Segment).ShouldBe(bytes);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Segment => Directory.GetFiles(Journal, "*.wbj").Single();

    private static Timestamp At(int seconds) => new(seconds * 1_000_000_000L);

    private static IntentCreated Asked(ClientOrderId id) => new(At(1), id, OrderRequest.Limit("BTC/USDT", Side.Buy, new Quantity(1), new Price(100)), "script a.csx");

    private static AttemptPrepared Prepared() => new(At(2), Sent, Binance, false, false, new NewOrder
    {
        ClientOrderId = Sent,
        Instrument = new Instrument { Symbol = "BTC/USDT", VenueSymbol = "BTCUSDT", Status = InstrumentStatus.Trading, TickSize = 1, StepSize = 1, MarketStepSize = 1, MinQuantity = 1, MaxQuantity = 10, MaxMarketQuantity = 10, MinNotional = 1, MaxNotional = 10_000 },
        Side = Side.Buy,
        Type = OrderType.Limit,
        Quantity = new Quantity(1),
        LimitPrice = new Price(100),
    });

    private static void Append(FileJournalStorage storage, params ExecutionEvent[] events)
    {
        var journal = OrderJournal.Open(storage, 4096).ShouldBeOfType<JournalOpening.Ready>().Journal;
        journal.Append(events);
        journal.Commit(durable: true);
    }

    private void Write(params ExecutionEvent[] events)
    {
        using var storage = FileJournalStorage.Open(Journal);
        Append(storage, events);
    }

    private byte[] Damage(int? at = null, int fromEnd = 0)
    {
        var bytes = File.ReadAllBytes(Segment);
        bytes[at ?? (bytes.AsSpan().TrimEnd((byte)0).Length - fromEnd)] ^= 1;
        File.WriteAllBytes(Segment, bytes);
        return bytes;
    }

    private string Verified()
    {
        using var output = new StringWriter();
        new JournalCommand(new Workbench.Cli.Terminal(output, _error, verbose: false)).Verify(Journal).ShouldBe(ExitCodes.Ok);
        return output.ToString();
    }
}

using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;
using Serilog.Events;
using Workbench.Configuration;
using Workbench.Logging;
using Workbench.Sdk;

namespace Workbench.Tests.Logging;

public sealed class LoggingSetupTests : IDisposable
{
    private static readonly EventId TradeExecuted = new(1201, "trade_executed");

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("workbench-log-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
    private readonly StringWriter _console = new();

    private string LogDirectory => Path.Combine(_root.FullName, "logs");

    [Fact]
    public async Task Event_is_one_line_of_compact_json_with_its_name_and_values()
    {
        await using (var log = Start())
        {
            var logger = log.Factory.CreateLogger("connector.binance");
            logger.LogInformation(TradeExecuted, "{Side} {Quantity} at {Price}", Side.Buy, new Quantity(0.00100m), new Price(61234.5m));
            logger.LogError(new InvalidOperationException("boom"), "it broke");
        }

        var lines = ReadFile();
        lines.Length.ShouldBe(2);
        lines[0].GetProperty("event").GetString().ShouldBe("trade_executed");
        lines[0].GetProperty("Quantity").GetString().ShouldBe("0.001");
        lines[0].GetProperty("SourceContext").GetString().ShouldBe("connector.binance");
        lines[0].GetProperty("@t").GetDateTimeOffset().ShouldBe(_time.GetUtcNow());
        lines[0].TryGetProperty("EventId", out _).ShouldBeFalse();
        lines[1].GetProperty("event").GetString().ShouldBe("system_error");
        lines[1].GetProperty("@x").GetString()!.ShouldContain("boom");
    }

    [Fact]
    public async Task Console_shows_warnings_readable_without_colour_and_without_stack_traces()
    {
        await using (var log = Start())
        {
            var logger = log.Factory.CreateLogger("routes");
            logger.LogInformation("not shown");
            logger.LogWarning("Route {Route}: failover to {To}", "default", new ConnectionId("bybit"));
            logger.LogError(new InvalidOperationException("boom"), "it broke");
        }

        _console.ToString().ShouldBe("03:04:05.678 WARN  Route default: failover to bybit\n03:04:05.678 ERROR it broke (InvalidOperationException: boom)\n");
    }

    [Fact]
    public async Task Verbose_console_shows_the_whole_exception_and_a_terminal_gets_colour()
    {
        await using (var log = LoggingSetup.Start(Config(), new ConsoleTarget(_console, UseColour: true, Verbose: true), _time))
        {
            log.Factory.CreateLogger("x").LogError(new InvalidOperationException("a\nb"), "it broke");
        }

        _console.ToString().ShouldStartWith("03:04:05.678 \u001b[31mERROR\u001b[0m it broke");
        _console.ToString().ShouldContain("    System.InvalidOperationException: a\n    b");
    }

    [Theory]
    [InlineData("a\r\n2026 ERROR forged", "a\\r\\n2026 ERROR forged")]
    [InlineData("\u001b[2Jwiped", "\\u001b[2Jwiped")]
    [InlineData("\u009b31mred", "\\u009b31mred")]
    [InlineData("abc\u202Egpj.exe", "abc\\u202egpj.exe")]
    [InlineData("tab\there", "tab\\there")]
    [InlineData("größe € 😀", "größe € 😀")]
    public async Task Text_from_outside_cannot_forge_lines_or_drive_the_terminal(string text, string shown)
    {
        await using (var log = Start())
        {
            log.Factory.CreateLogger("script\n.evil").LogWarning("said {Text}", text);

            var line = log.Ring.Snapshot().ShouldHaveSingleItem();
            line.Text.ShouldBe($"said {shown}");
            line.Source.ShouldBe("script\\n.evil");
        }

        _console.ToString().ShouldBe($"03:04:05.678 WARN  said {shown}\n");
        ReadFile().ShouldHaveSingleItem().GetProperty("Text").GetString().ShouldBe(text);
    }

    [Fact]
    public void Long_text_is_cut_for_show()
    {
        LogText.Escape(new string('x', 100_000)).Length.ShouldBe(LogText.MaxLength + 1);
    }

    [Fact]
    public async Task Ring_keeps_the_newest_lines_and_counts_changes()
    {
        await using var log = Start();
        var logger = log.Factory.CreateLogger("x");
        log.Ring.Snapshot().ShouldBeEmpty();

        for (var i = 0; i < LogRing.Capacity + 5; i++)
        {
            logger.LogInformation(TradeExecuted, "line {Number}", i);
        }

        log.Ring.Version.ShouldBe(LogRing.Capacity + 5);
        var lines = log.Ring.Snapshot();
        lines.Length.ShouldBe(LogRing.Capacity);
        lines[0].Text.ShouldBe("line 5");
        lines[^1].ShouldBe(new LogLine(Timestamp.Now(_time), LogLevel.Information, "x", "trade_executed", "line 1004"));
        log.Ring.Snapshot().ShouldBeSameAs(lines);
    }

    [Fact]
    public async Task Level_of_the_configuration_holds_and_can_be_changed()
    {
        await using var log = Start();
        var logger = log.Factory.CreateLogger("x");

        logger.LogDebug("not yet");
        logger.IsEnabled(LogLevel.Debug).ShouldBeFalse();
        log.SetLevel(LogSeverity.Debug);
        logger.LogDebug("now");

        log.Ring.Snapshot().Select(l => l.Text).ShouldBe(["now"]);
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_is_a_problem_and_logging_goes_on()
    {
        File.WriteAllText(LogDirectory, "a file in the way");

        await using var log = Start();
        log.Factory.CreateLogger("x").LogWarning("still here");

        log.Problem.ShouldNotBeNull();
        log.Problem.ShouldContain(LogDirectory);
        log.Ring.Snapshot().Length.ShouldBe(1);
    }

    [Fact]
    public async Task Full_file_is_continued_in_a_new_one_and_old_ones_go()
    {
        var config = Config() with { File = new LogFileConfig { Directory = LogDirectory, Roll = LogRoll.Day, Retain = 3, MaxSizeBytes = 4096 } };
        await using (var log = LoggingSetup.Start(config, null, _time))
        {
            var logger = log.Factory.CreateLogger("x");
            for (var i = 0; i < 300; i++)
            {
                logger.LogInformation("{Filling}", new string('x', 100));
            }
        }

        Directory.GetFiles(LogDirectory).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Slow_target_never_holds_the_caller_and_what_is_dropped_is_counted()
    {
        using var gate = new ManualResetEventSlim();
        var target = new GatedSink(gate);
        var sink = new BackgroundSink(target, capacity: 10);

        for (var i = 0; i < 100; i++)
        {
            sink.Emit(SomeEvent());
        }

        sink.Dropped.ShouldBeInRange(89, 90);
        gate.Set();
        await sink.DisposeAsync();
        (target.Count + sink.Dropped).ShouldBe(100);
    }

    [Fact]
    public async Task Target_that_throws_is_counted_and_does_not_end_the_log()
    {
        var sink = new BackgroundSink(new ThrowingSink(), capacity: 10);

        sink.Emit(SomeEvent());
        sink.Emit(SomeEvent());
        await sink.DisposeAsync();

        sink.Failed.ShouldBe(2);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static LogEvent SomeEvent() => new(DateTimeOffset.UnixEpoch, LogEventLevel.Information, null, MessageTemplate.Empty, []);

    private LoggingConfig Config() => new()
    {
        Level = LogSeverity.Information,
        Console = new LogConsoleConfig { Level = LogSeverity.Warning },
        File = new LogFileConfig { Directory = LogDirectory, Roll = LogRoll.Day, Retain = 14, MaxSizeBytes = 1 << 20 },
    };

    private WorkbenchLog Start() => LoggingSetup.Start(Config(), new ConsoleTarget(_console, UseColour: false, Verbose: false), _time);

    private JsonElement[] ReadFile() =>
        [.. File.ReadLines(Directory.GetFiles(LogDirectory).ShouldHaveSingleItem()).Select(l => JsonDocument.Parse(l).RootElement)];

    private sealed class GatedSink(ManualResetEventSlim gate) : ILogEventSink
    {
        public int Count { get; private set; }

        public void Emit(LogEvent logEvent)
        {
            gate.Wait();
            Count++;
        }
    }

    private sealed class ThrowingSink : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => throw new IOException("disk full");
    }
}

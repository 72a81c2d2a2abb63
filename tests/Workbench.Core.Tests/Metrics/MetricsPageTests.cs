using System.Diagnostics.Metrics;
using Workbench.Core.Metrics;

namespace Workbench.Core.Tests.Metrics;

/// <summary>docs/metrics.md lists every instrument; <c>WORKBENCH_UPDATE_DOCS=1</c> writes it.</summary>
public sealed class MetricsPageTests
{
    private const string Head = """
        # Metrics

        The host counts and times what it does with the meter `Workbench` of System.Diagnostics.Metrics. Nothing has to be switched on, and while nobody listens it
        costs next to nothing. To look, while a host runs:

        ```
        dotnet-counters monitor --process-id <id> --counters Workbench,System.Net.Http
        ```

        `System.Net.Http` is .NET's own meter: open HTTP connections, and requests that wait for one (`http.client.open_connections`,
        `http.client.request.time_in_queue`). Any OpenTelemetry collector in the same process may listen to both. Durations are seconds. Tags carry the
        configuration's names of connections and routes, and fixed words: never an account, key, order or price.

        The table is written by a test from the instruments themselves.

        | instrument | kind | unit | what it tells, and its tags |
        |---|---|---|---|
        """;

    [Fact]
    public void Page_lists_every_instrument_as_it_is()
    {
        var page = Path.Combine(Root(), "docs", "metrics.md");
        var wanted = Page();
        if (Environment.GetEnvironmentVariable("WORKBENCH_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(page, wanted);
        }

        File.ReadAllText(page).ShouldBe(wanted, "WORKBENCH_UPDATE_DOCS=1 writes the page anew");
    }

    [Fact]
    public void Every_instrument_has_a_unit_and_a_name_of_ours()
    {
        var instruments = Instruments();
        instruments.Count.ShouldBeGreaterThan(15);
        instruments.ShouldAllBe(i => i.Name.StartsWith("workbench.", StringComparison.Ordinal) && !string.IsNullOrEmpty(i.Unit) && !string.IsNullOrEmpty(i.Description));
    }

    private static string Page() => string.Join('\n', [Head, .. Instruments().OrderBy(i => i.Name, StringComparer.Ordinal).Select(Row), ""]);

    private static string Row(Instrument instrument) => $"| `{instrument.Name}` | {Kind(instrument)} | {instrument.Unit} | {instrument.Description} |";

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "ObservableGauge" => "gauge",
        "ObservableCounter" or "Counter" => "counter",
        "UpDownCounter" => "up-down counter",
        var other => other.ToLowerInvariant(),
    };

    private static List<Instrument> Instruments()
    {
        using var metrics = new WorkbenchMetrics(TimeProvider.System);
        using var listener = new MeterListener();
        List<Instrument> found = [];
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter == metrics.Meter)
            {
                found.Add(instrument);
            }
        };
        listener.Start();
        return found;
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Workbench.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}

using System.Text.RegularExpressions;

namespace Workbench.Repo.Tests.Faults;

/// <summary>A test that carries ids of the catalogue in its name.</summary>
/// <param name="Ids">The rows it proves something of.</param>
/// <param name="Name">The method.</param>
/// <param name="File">Its source, from the root.</param>
/// <param name="Kind">What it runs.</param>
internal sealed partial record FaultTest(IReadOnlyList<string> Ids, string Name, string File, FaultTestKind Kind)
{
    /// <summary>Every such test of the host in the sources. The simulator's own tests prove faults, not what the host does about them.</summary>
    public static IReadOnlyList<FaultTest> All { get; } =
    [
        .. Repository.Files
            .Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal) && !f.StartsWith("tests/Workbench.Simulator.Tests/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(Read),
    ];

    /// <summary>Shows what the host does, not only one of its parts.</summary>
    public bool IsOfHost => Kind is not FaultTestKind.Unit;

    private static IEnumerable<FaultTest> Read(string file)
    {
        var text = Repository.Read(file);
        var kind = KindOf(file, text);
        return NamePattern().Matches(text).Select(m => m.Groups["name"].Value).Distinct()
            .Select(name => new FaultTest([.. IdPattern().Matches(name).Select(m => m.Groups[1].Value)], name, file, kind));
    }

    private static FaultTestKind KindOf(string file, string text) => file.Split('/')[1] switch
    {
        "Workbench.Faults.Tests" => FaultTestKind.Host,
        "Workbench.EndToEnd.Tests" => FaultTestKind.Process,
        "Workbench.Tests" when Sockets().IsMatch(text) => FaultTestKind.Sockets,
        "Workbench.Core.Tests" when VirtualTime().IsMatch(text) => FaultTestKind.VirtualTime,
        _ => FaultTestKind.Unit,
    };

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:Task|void|ValueTask) (?<name>(?:[A-Z]\d\d_)+[A-Za-z]\w*)\(")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\G([A-Z]\d\d)_")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\b(RawServer|RawWebSocket|HttpTransportRig|SimulatorHost|HostRuntime|TcpListener|SslServer\w*|TlsServer\w*)\b")]
    private static partial Regex Sockets();

    [GeneratedRegex(@"\b(EngineRig|ModelVenue|FakeTimeProvider|TimersTime)\b")]
    private static partial Regex VirtualTime();
}

/// <summary>What a test runs.</summary>
internal enum FaultTestKind
{
    /// <summary>The whole host on simulated venues over real sockets.</summary>
    Host,

    /// <summary>The program itself.</summary>
    Process,

    /// <summary>The host's transport over real sockets.</summary>
    Sockets,

    /// <summary>The engine on virtual time.</summary>
    VirtualTime,

    /// <summary>One part by itself.</summary>
    Unit,
}

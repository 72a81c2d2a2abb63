using Workbench.Configuration;

namespace Workbench.Tests.Configuration;

/// <summary>Configuration text for tests: a smallest valid file, and loading without the machine's own environment.</summary>
internal static class Given
{
    /// <summary>Twelve lines; a test that appends to it starts at line 13.</summary>
    public const string Smallest = """
        connections:
          one: { plugin: Acme.One, environment: simulator }
          two: { plugin: Acme.Two, environment: simulator }
        routes:
          all:
            symbols: ["*"]
            data: { primary: one, secondary: two }
            trading: { primary: one, secondary: two }
        simulator:
          venues:
            one: { dialect: binance }
            two: { dialect: bybit }

        """;

    public static WorkbenchConfig Config(string text, params (string Name, string Value)[] environment) =>
        Load(text, environment) switch
        {
            ConfigurationResult.Loaded loaded => loaded.Config,
            ConfigurationResult.Refused refused => throw new ShouldAssertException(string.Join('\n', refused.Errors)),
            _ => throw new ShouldAssertException("no result"),
        };

    public static IReadOnlyList<ConfigurationError> Errors(string text, params (string Name, string Value)[] environment) =>
        Load(text, environment).ShouldBeOfType<ConfigurationResult.Refused>().Errors;

    public static string Error(string text, params (string Name, string Value)[] environment) =>
        Errors(text, environment).ShouldHaveSingleItem().ToString();

    public static ConfigurationResult Load(string text, params (string Name, string Value)[] environment) =>
        ConfigurationLoader.LoadText(text, name => environment.FirstOrDefault(e => e.Name == name).Value);

    /// <summary>A file of the project, found by walking up to the solution.</summary>
    public static string ProjectFile(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Workbench.sln")))
            {
                return Path.Combine(at.FullName, name);
            }
        }

        throw new ShouldAssertException("no Workbench.sln above the tests");
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workbench.Repo.Tests;

/// <summary>The Node project in tests/clients: what it may depend on, and how it is written down.</summary>
public sealed class ClientProjectTests
{
    [Fact]
    public void Only_the_three_clients_are_depended_on_each_in_one_exact_version()
    {
        using var package = JsonDocument.Parse(Repository.Read("tests/clients/package.json"));
        var wanted = package.RootElement.GetProperty("dependencies").EnumerateObject().ToDictionary(d => d.Name, d => d.Value.GetString()!);
        wanted.Keys.Order(StringComparer.Ordinal).ShouldBe(["binance", "bybit-api", "ccxt"]);
        wanted.Values.ShouldAllBe(version => Regex.IsMatch(version, @"^\d+\.\d+\.\d+$"));
        package.RootElement.TryGetProperty("devDependencies", out _).ShouldBeFalse();

        using var locked = JsonDocument.Parse(Repository.Read("tests/clients/package-lock.json"));
        foreach (var entry in locked.RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0))
        {
            entry.Value.GetProperty("integrity").GetString().ShouldStartWith("sha512-", customMessage: entry.Name);
            if (entry.Value.TryGetProperty("resolved", out var source))
            {
                source.GetString().ShouldStartWith("https://registry.npmjs.org/", customMessage: entry.Name);
            }
        }

        foreach (var (name, version) in wanted)
        {
            locked.RootElement.GetProperty("packages").GetProperty($"node_modules/{name}").GetProperty("version").GetString().ShouldBe(version);
        }
    }

    [Fact]
    public void Scripts_are_short_and_finished_and_no_package_is_checked_in()
    {
        var scripts = Repository.Files.Where(f => f.EndsWith(".mjs", StringComparison.Ordinal)).ToArray();
        scripts.ShouldNotBeEmpty();
        Repository.Files.ShouldAllBe(f => !f.Contains("node_modules/"));
        foreach (var script in scripts)
        {
            var text = Repository.Read(script);
            text.Split('\n').Length.ShouldBeLessThanOrEqualTo(500, script);
            text.ShouldNotContain("TO" + "DO", customMessage: script);
            text.ShouldNotContain("setTimeout(resolve", customMessage: $"{script}: wait for an event, not for time");
        }
    }
}

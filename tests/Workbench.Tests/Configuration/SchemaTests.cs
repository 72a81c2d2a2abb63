using Workbench.Configuration.Schema;

namespace Workbench.Tests.Configuration;

public sealed class SchemaTests
{
    [Fact]
    public void Every_key_is_described_in_a_sentence_and_listed_once()
    {
        WorkbenchSchema.Rows.Count.ShouldBeGreaterThan(80);
        WorkbenchSchema.Rows.Select(r => r.Path).ShouldBeUnique();
        WorkbenchSchema.Rows.ShouldAllBe(r => r.Description.EndsWith('.') && r.Description.Length > 15 && char.IsUpper(r.Description[0]) || r.Description.StartsWith("fsync", StringComparison.Ordinal));
    }

    [Fact]
    public void Row_tells_all_about_a_key()
    {
        var jitter = WorkbenchSchema.Rows.Single(r => r.Path == "connections.*.retry.jitter");

        jitter.ShouldBe(new SchemaRow("connections.*.retry.jitter", "percentage", "10%", "0% to 50%", false, "The share of a wait that is drawn at random around it."));
    }

    [Theory]
    [InlineData("connections", true, "map of connection name to section", null)]
    [InlineData("connections.*.plugin", true, "plugin id", null)]
    [InlineData("connections.*.retry.delays", false, "list of duration", "[1s, 2s, 4s, 8s, 16s]")]
    [InlineData("connections.*.credentials.api_key", false, "secret", null)]
    [InlineData("routes.*.data.policy", false, "choice", "primary-secondary")]
    [InlineData("plugins.load[].id", true, "plugin id", null)]
    [InlineData("logging.file.max_size", false, "size", "100MB")]
    [InlineData("simulator.venues.*.port", false, "whole number", "0")]
    public void Key_is_listed_with_type_and_default(string path, bool required, string type, string? text)
    {
        var row = WorkbenchSchema.Rows.Single(r => r.Path == path);

        (row.IsRequired, row.Type, row.Default).ShouldBe((required, type, text));
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "acb", 1)]
    [InlineData("evironment", "environment", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("retian", "retain", 1)]
    [InlineData("ca", "abc", 3)]
    public void Distance_counts_slips(string a, string b, int expected)
    {
        NearestName.Distance(a, b).ShouldBe(expected);
        NearestName.Distance(b, a).ShouldBe(expected);
    }

    [Fact]
    public void Name_far_from_all_has_no_nearest()
    {
        NearestName.Find("banana", ["directory", "timeout"]).ShouldBeNull();
        NearestName.Find(new string('x', 100_000), ["directory"]).ShouldBeNull();
    }

    [Theory]
    [InlineData("api_key", true)]
    [InlineData("APISECRET", true)]
    [InlineData("private_key", true)]
    [InlineData("private_key_file", false)]
    [InlineData("key_prefix", false)]
    [InlineData("window", false)]
    public void Secret_is_known_by_its_name(string name, bool expected) => SecretNames.IsSecret(name).ShouldBe(expected);
}

using Workbench.Configuration;

namespace Workbench.Tests.Configuration;

/// <summary>F04 and F05: variables and secrets.</summary>
public sealed class EnvironmentTests
{
    private const string Canary = "s3cr3t-canary";

    [Theory]
    [InlineData("${DIR}", "x", "x")]
    [InlineData("${DIR:-other}", "x", "x")]
    [InlineData("${DIR:-other}", null, "other")]
    [InlineData("${DIR:-other}", "", "other")]
    [InlineData("pre-${DIR}-post", "x", "pre-x-post")]
    [InlineData("${DIR}${DIR}", "x", "xx")]
    [InlineData("$${DIR}", "x", "${DIR}")]
    [InlineData("a$${DIR}b${DIR}", "x", "a${DIR}bx")]
    [InlineData("cost$5", null, "cost$5")]
    [InlineData("$DIR", "x", "$DIR")]
    [InlineData("${DIR}", "${HOME}", "${HOME}")]
    [InlineData("${DIR:-a:-b}", null, "a:-b")]
    public void Variable_in_text_is_replaced_once(string written, string? value, string expected)
    {
        var config = Given.Config($"{Given.Smallest}cache:\n  settings:\n    dir: {written}\n", value is null ? [] : [("DIR", value)]);

        config.Cache.Settings["dir"].ShouldBe(expected);
    }

    [Theory]
    [InlineData("${NOT_THERE}", "environment variable NOT_THERE is not set; set it, or write ${NOT_THERE:-default}")]
    [InlineData("${EMPTY}", "environment variable EMPTY is empty; set it, or write ${EMPTY:-default}")]
    [InlineData("${LINES}", "environment variable LINES holds a line break or another control character")]
    [InlineData("${1X}", "not a variable")]
    [InlineData("${}", "not a variable")]
    [InlineData("${A B}", "not a variable")]
    [InlineData("${A-default}", "not a variable")]
    [InlineData("${A:?must}", "not a variable")]
    [InlineData("${A:-${B}}", "not a variable")]
    [InlineData("x${OPEN", "'${' without its '}'")]
    public void F04_missing_empty_or_malformed_variable_is_refused(string written, string expected)
    {
        var error = Given.Errors($"{Given.Smallest}scripts:\n  directory: {written}\n", ("EMPTY", ""), ("LINES", "a\nb")).ShouldHaveSingleItem();

        error.Message.ShouldStartWith(expected);
        (error.Line, error.Column, error.Path).ShouldBe((14, 14, "scripts.directory"));
    }

    [Fact]
    public void F04_every_missing_variable_of_one_value_is_named() =>
        Given.Errors(Given.Smallest + "scripts:\n  directory: ${A}/${B}\n").Select(e => e.Message[..22]).ShouldBe(["environment variable A", "environment variable B"]);

    [Fact]
    public void Replaced_value_is_typed_like_a_written_one()
    {
        var config = Given.Config(Given.Smallest + "risk: { max_order_value: \"${MAX}\", stale_price_after: \"${AGE:-750ms}\" }\n", ("MAX", "250.5"));

        config.Risk.MaxOrderValue.ShouldBe(250.5m);
        config.Risk.StalePriceAfter.ShouldBe(TimeSpan.FromMilliseconds(750));
    }

    [Theory]
    [InlineData("risk:\n  max_order_value: ${X}\n")]
    [InlineData("risk:\n  max_open_orders: ${X}\n")]
    [InlineData("risk:\n  price_collar: ${X}\n")]
    [InlineData("risk:\n  stale_price_after: ${X}\n")]
    [InlineData("risk:\n  stale_price_after: ${X}s\n")]
    [InlineData("logging:\n  level: ${X}\n")]
    [InlineData("logging:\n  file:\n    max_size: ${X}\n")]
    [InlineData("environment: ${X}\n")]
    [InlineData("cache:\n  plugin: ${X}\n")]
    [InlineData("plugins:\n  allow: [\"${X}\"]\n")]
    public void F04_value_from_the_environment_is_never_repeated_in_an_error(string yaml)
    {
        var error = Given.Errors(Given.Smallest + yaml, ("X", Canary)).ShouldHaveSingleItem().ToString();

        error.ShouldNotContain(Canary);
        error.ShouldContain("${X}");
    }

    [Theory]
    [InlineData("api_key: abcdef0123456789")]
    [InlineData("api_secret: 'abcdef0123456789'")]
    [InlineData("api_secret: \"${SECRET:-abcdef0123456789}\"")]
    [InlineData("api_key: \"abcdef0123456789${KEY}\"")]
    [InlineData("api_key: [abcdef0123456789]")]
    [InlineData("api_key: { value: abcdef0123456789 }")]
    public void F05_literal_secret_is_refused_and_not_repeated(string entry)
    {
        var errors = Given.Errors(With($"credentials: {{ {entry} }}"), ("KEY", Canary), ("SECRET", Canary));

        errors.ShouldContain(e => e.Message == "a secret never stands in this file: write ${NAME} and set that environment variable");
        errors.ShouldAllBe(e => !e.ToString().Contains("abcdef", StringComparison.Ordinal) && !e.ToString().Contains(Canary, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("password: hunter2hunter2", true)]
    [InlineData("redisPassword: hunter2hunter2", true)]
    [InlineData("auth-token: hunter2hunter2", true)]
    [InlineData("endpoint: redis://joe:hunter2hunter2@host:6379", true)]
    [InlineData("password: \"${PW:-hunter2hunter2}\"", true)]
    [InlineData("password: \"${PW}\"", false)]
    [InlineData("password: ''", false)]
    [InlineData("password_file: hunter2hunter2", false)]
    [InlineData("endpoint: redis://host:6379/x@y", false)]
    public void F05_literal_secret_in_a_plugins_settings_is_refused(string entry, bool refused)
    {
        var result = Given.Load($"{Given.Smallest}cache: {{ settings: {{ {entry} }} }}\n", ("PW", Canary));

        if (!refused)
        {
            result.ShouldBeOfType<ConfigurationResult.Loaded>();
            return;
        }

        var error = result.ShouldBeOfType<ConfigurationResult.Refused>().Errors.ShouldHaveSingleItem().ToString();
        error.ShouldContain("a secret never stands in this file");
        error.ShouldNotContain("hunter2");
    }

    [Fact]
    public void F05_private_key_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs Unix file modes");
        using var folder = new TemporaryFolder();
        var file = folder.Write("key.pem", "x");
        var text = With($"credentials: {{ api_key: \"${{KEY}}\", private_key_file: '{file}' }}");

        TemporaryFolder.SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Given.Errors(text, ("KEY", "k")).ShouldHaveSingleItem().Message.ShouldContain("chmod 600");

        TemporaryFolder.SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Given.Config(text, ("KEY", "k")).Connections["one"].Credentials.PrivateKeyFile.ShouldBe(file);

        File.Delete(file);
        Given.Errors(text, ("KEY", "k")).ShouldHaveSingleItem().Message.ShouldBe("no such file");
    }

    [Fact]
    public void Secrets_arrive_and_print_as_their_variables()
    {
        var credentials = Given.Config(With("credentials: { api_key: \"${KEY}\", api_secret: \"${SECRET:-}\" }"), ("KEY", "k"), ("SECRET", Canary)).Connections["one"].Credentials;

        credentials.ApiSecret!.Reveal().ShouldBe(Canary);
        credentials.ToString().ShouldNotContain(Canary);
        credentials.ToString().ShouldContain("${SECRET}");
    }

    [Fact]
    public void Credentials_whose_variables_give_nothing_are_absent()
    {
        var credentials = Given.Config(With("credentials: { api_key: \"${KEY:-}\", api_secret: \"${SECRET:-}\", private_key_file: \"${FILE:-}\" }"), ("KEY", "")).Connections["one"].Credentials;

        credentials.IsPresent.ShouldBeFalse();
        (credentials.ApiKey, credentials.ApiSecret, credentials.PrivateKeyFile).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData("api_key: \"${KEY}\"", "connections.one.credentials.api_secret", "is missing beside api_key")]
    [InlineData("api_secret: \"${KEY}\"", "connections.one.credentials.api_key", "is missing beside the secret")]
    [InlineData("api_key: \"${KEY}\", api_secret: \"${NOPE}\"", "connections.one.credentials.api_secret", "environment variable NOPE is not set")]
    public void Half_of_the_credentials_is_refused(string entries, string path, string message)
    {
        var errors = Given.Errors(With($"credentials: {{ {entries} }}"), ("KEY", "k"));

        errors.ShouldContain(e => e.Path == path && e.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_ways_to_sign_are_refused()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("key.pem", "x");
        TemporaryFolder.SetMode(file, UnixFileMode.UserRead);

        Given.Errors(With($"credentials: {{ api_key: \"${{KEY}}\", api_secret: \"${{KEY}}\", private_key_file: '{file}' }}"), ("KEY", "k"))
            .ShouldHaveSingleItem().Message.ShouldContain("two ways to sign");
    }

    private static string With(string entry) => Given.Smallest.Replace("plugin: Acme.One,", $"plugin: Acme.One, {entry},", StringComparison.Ordinal);
}

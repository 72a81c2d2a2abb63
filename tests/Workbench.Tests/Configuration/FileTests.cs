using System.Text;
using Workbench.Configuration;

namespace Workbench.Tests.Configuration;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_file_is_one_clear_error()
    {
        var path = Path.Combine(_folder.Path, "nope.yaml");

        Error(path).ShouldBe($"{path}: no such file; give another with --config FILE");
        Error(Path.Combine(_folder.Path, "no", "folder", "nope.yaml")).ShouldContain("no such file");
    }

    [Fact]
    public void Directory_is_one_clear_error() => Error(_folder.Path).ShouldBe($"{_folder.Path}: is a directory; give the configuration file in it");

    [Fact]
    public void Unreadable_file_is_one_clear_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs Unix file modes");
        var path = _folder.Write("wb.yaml", Given.Smallest);
        TemporaryFolder.SetMode(path, UnixFileMode.None);

        using var _ = new OrdinaryUser();
        Error(path).ShouldContain("may not be read");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Impossible_path_is_one_clear_error(string path) => Error(path).ShouldContain("cannot be read");

    [Fact]
    public void F11_byte_order_mark_is_no_part_of_the_text()
    {
        var path = _folder.Write("wb.yaml", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Given.Smallest.ReplaceLineEndings("\r\n"))]);

        ConfigurationLoader.Load(path, _ => null).ShouldBeOfType<ConfigurationResult.Loaded>();
    }

    [Fact]
    public void Other_encodings_are_refused_with_the_place()
    {
        var utf16 = _folder.Write("utf16.yaml", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Given.Smallest)]);
        var latin1 = _folder.Write("latin1.yaml", [.. Encoding.UTF8.GetBytes(Given.Smallest + "# K"), 0xF6, .. "ln\n"u8]);

        Error(utf16).ShouldBe($"{utf16}(1,1): not UTF-8 text from here on; save the file as UTF-8");
        Error(latin1).ShouldBe($"{latin1}(13,4): not UTF-8 text from here on; save the file as UTF-8");
    }

    [Fact]
    public void F06_file_larger_than_a_mebibyte_is_refused_after_reading_a_mebibyte()
    {
        var path = _folder.Write("big.yaml", new byte[3_000_000]);

        Error(path).ShouldBe($"{path}: larger than 1048576 bytes");
        Assert.SkipUnless(File.Exists("/dev/zero"), "no /dev/zero here");
        Error("/dev/zero").ShouldBe("/dev/zero: larger than 1048576 bytes");
    }

    [Fact]
    public void Paths_are_relative_to_what_owns_them()
    {
        var path = _folder.Write("wb.yaml", Given.Smallest.Replace("dialect: binance", "dialect: binance, tape: t.gz", StringComparison.Ordinal) + "storage: { directory: d, history: h.db }\n");

        var config = ConfigurationLoader.Load(path, _ => null).ShouldBeOfType<ConfigurationResult.Loaded>().Config;

        config.File.ShouldBe(path);
        config.Storage.Directory.ShouldBe(Path.Combine(_folder.Path, "d"));
        config.Storage.HistoryFile.ShouldBe(Path.Combine(_folder.Path, "d", "h.db"));
        config.Storage.Journal.Directory.ShouldBe(Path.Combine(_folder.Path, "d", "journal"));
        config.Logging.File.Directory.ShouldBe(Path.Combine(_folder.Path, "d", "logs"));
        config.Scripts.Directory.ShouldBe(Path.Combine(_folder.Path, "scripts"));
        config.Simulator.Venues["one"].Tape.ShouldBe(Path.Combine(_folder.Path, "t.gz"));
        config.Plugins.Directory.ShouldBe(Path.Combine(AppContext.BaseDirectory, "plugins"));
    }

    private static string Error(string path) =>
        ConfigurationLoader.Load(path, _ => null).ShouldBeOfType<ConfigurationResult.Refused>().Errors.ShouldHaveSingleItem().ToString();
}

using System.Runtime.Loader;
using Microsoft.Extensions.Time.Testing;
using Workbench.Plugins;
using Workbench.Sdk;

namespace Workbench.Tests.Plugins;

public sealed class PluginHostTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    [Fact]
    public async Task G09_good_plugin_gets_its_own_library_and_the_hosts_sdk()
    {
        _sandbox.Add(PluginSandbox.Good);

        var loaded = (await _sandbox.Host().LoadAsync(PluginSandbox.Good)).ShouldBeOfType<PluginLoadResult.Loaded>();

        var (name, factory) = loaded.Offer.Strategies.ShouldHaveSingleItem();
        name.ShouldBe("YamlException 16.0");
        typeof(YamlDotNet.Core.YamlException).Assembly.GetName().Version!.Major.ShouldBe(18);
        Strategy strategy = factory();
        strategy.GetType().GetProperty("Logger")!.PropertyType.ShouldBe(typeof(Microsoft.Extensions.Logging.ILogger));
        AssemblyLoadContext.GetLoadContext(strategy.GetType().Assembly).ShouldBe(loaded.Context);
        loaded.Context.ShouldNotBe(AssemblyLoadContext.Default);
    }

    [Fact]
    public async Task Plugin_is_loaded_once_and_not_before_it_is_asked_for()
    {
        _sandbox.Add(PluginSandbox.Good);
        var host = _sandbox.Host();
        Directory.Exists(_sandbox.Shadows).ShouldBeFalse();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.LoadAsync(i % 2 == 0 ? PluginSandbox.Good : PluginSandbox.Good.ToUpperInvariant())));

        results.Distinct().ShouldHaveSingleItem().ShouldBeOfType<PluginLoadResult.Loaded>();
    }

    [Fact]
    public async Task Plugin_runs_from_a_copy_so_that_a_truncated_original_cannot_kill_the_host()
    {
        var folder = _sandbox.Add(PluginSandbox.Good);
        var loaded = (PluginLoadResult.Loaded)await _sandbox.Host().LoadAsync(PluginSandbox.Good);

        foreach (var file in Directory.EnumerateFiles(folder))
        {
            await using var cut = new FileStream(file, FileMode.Open);
            cut.SetLength(0);
        }

        loaded.Context.Assemblies.ShouldAllBe(a => a.Location.StartsWith(_sandbox.Shadows, StringComparison.Ordinal));
        loaded.Offer.Strategies.Values.Single()().OnQuote(null!);
    }

    [Fact]
    public async Task Unknown_plugin_is_not_found()
    {
        (await _sandbox.FailAsync("Nobody")).Fault.ShouldBe(PluginFault.NotFound);
    }

    [Fact]
    public async Task G08_plugin_for_another_sdk_is_refused_with_both_versions()
    {
        var folder = _sandbox.Add(PluginSandbox.Good);
        Rewrite(folder, ">=0.1 <0.2", ">=7.0 <8.0");

        var failed = await _sandbox.FailAsync(PluginSandbox.Good);

        failed.Fault.ShouldBe(PluginFault.SdkMismatch);
        failed.Reason.ShouldContain(">=7.0 <8.0");
        failed.Reason.ShouldContain("0.1");
        Directory.Exists(_sandbox.Shadows).ShouldBeFalse();
    }

    [Fact]
    public async Task G08_plugin_that_uses_a_member_this_sdk_lacks_is_refused_before_it_runs()
    {
        var path = Path.Combine(_sandbox.Add(PluginSandbox.Good), PluginSandbox.Good + ".dll");
        var bytes = await File.ReadAllBytesAsync(path);
        var at = bytes.AsSpan().IndexOf("AddStrategy\0"u8);
        bytes[at + 10] = (byte)'x';
        await File.WriteAllBytesAsync(path, bytes);

        var failed = await _sandbox.FailAsync(PluginSandbox.Good);

        failed.Fault.ShouldBe(PluginFault.SdkMismatch);
        failed.Reason.ShouldContain("Workbench.Sdk.IPluginRegistry.AddStrategx");
        failed.Reason.ShouldContain("0.1.0.0");
    }

    [Fact]
    public async Task Missing_entry_names_the_file()
    {
        File.Delete(Path.Combine(_sandbox.Add(PluginSandbox.Good), PluginSandbox.Good + ".dll"));

        var failed = await _sandbox.FailAsync(PluginSandbox.Good);

        failed.Fault.ShouldBe(PluginFault.EntryMissing);
        failed.Reason.ShouldContain(PluginSandbox.Good + ".dll");
    }

    [Fact]
    public async Task G07_missing_dependency_is_found_before_the_first_call()
    {
        File.Delete(Path.Combine(_sandbox.Add(PluginSandbox.Good), "YamlDotNet.dll"));

        var failed = await _sandbox.FailAsync(PluginSandbox.Good);

        failed.Fault.ShouldBe(PluginFault.DependencyMissing);
        failed.Reason.ShouldContain("YamlDotNet 16.0.0.0");
    }

    [Theory]
    [InlineData("Workbench.TestPlugins.Good.dll")]
    [InlineData("YamlDotNet.dll")]
    public async Task G07_assembly_truncated_anywhere_is_refused(string file)
    {
        var path = Path.Combine(_sandbox.Add(PluginSandbox.Good), file);
        var whole = await File.ReadAllBytesAsync(path);
        foreach (var share in new[] { 0, 1, 10, 50, 90, 99 })
        {
            await File.WriteAllBytesAsync(path, whole[..(int)(whole.LongLength * share / 100)]);

            var failed = await _sandbox.FailAsync(PluginSandbox.Good);

            failed.Fault.ShouldBe(PluginFault.BadImage, $"{share} %");
            failed.Reason.ShouldContain(file);
        }
    }

    [Fact]
    public async Task Garbage_in_place_of_an_assembly_is_refused()
    {
        var path = Path.Combine(_sandbox.Add(PluginSandbox.Good), PluginSandbox.Good + ".dll");
        var garbage = new byte[10_000];
        new Random(7).NextBytes(garbage);
        await File.WriteAllBytesAsync(path, garbage);

        (await _sandbox.FailAsync(PluginSandbox.Good)).Fault.ShouldBe(PluginFault.BadImage);
    }

    [Fact]
    public async Task Damaged_byte_anywhere_in_the_assembly_never_reaches_the_host_as_an_exception()
    {
        var path = Path.Combine(_sandbox.Add(PluginSandbox.Faulty), PluginSandbox.Faulty + ".dll");
        var whole = await File.ReadAllBytesAsync(path);
        var random = new Random(20260102);
        for (var i = 0; i < 150; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(0x200)] ^= (byte)random.Next(1, 256); // the headers: the rest is the plugin's own code
            await File.WriteAllBytesAsync(path, damaged);
            await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(path)!, "mode.txt"), "nothing");

            (await _sandbox.Host().LoadAsync(PluginSandbox.Faulty)).ShouldNotBeNull("seed 20260102");
        }
    }

    [Fact]
    public async Task Broken_dependency_list_is_refused()
    {
        var folder = _sandbox.Add(PluginSandbox.Good);
        await File.WriteAllTextAsync(Path.Combine(folder, PluginSandbox.Good + ".deps.json"), "{ not json");

        (await _sandbox.FailAsync(PluginSandbox.Good)).Reason.ShouldContain(PluginSandbox.Good);
    }

    [Fact]
    public async Task Assembly_without_a_plugin_class_is_refused()
    {
        Rewrite(_sandbox.Add(PluginSandbox.Good), "entry: Workbench.TestPlugins.Good.dll", "entry: YamlDotNet.dll");

        (await _sandbox.FailAsync(PluginSandbox.Good)).Fault.ShouldBe(PluginFault.NoEntryClass);
    }

    [Theory]
    [InlineData("constructor", nameof(PluginFault.Threw), "no mood to be made")]
    [InlineData("register", nameof(PluginFault.Threw), "no mood to register")]
    [InlineData("twice", nameof(PluginFault.Threw), "'same' is offered twice")]
    [InlineData("nothing", nameof(PluginFault.WrongOffer), "offers None")]
    [InlineData("cache", nameof(PluginFault.WrongOffer), "offers Cache, Strategy")]
    public async Task G01_plugin_that_misbehaves_while_loading_fails_alone(string mode, string fault, string reason)
    {
        AddFaulty(mode);
        _sandbox.Add(PluginSandbox.Good);
        var host = _sandbox.Host();

        var failed = (await host.LoadAsync(PluginSandbox.Faulty)).ShouldBeOfType<PluginLoadResult.Failed>();

        failed.Fault.ToString().ShouldBe(fault);
        failed.Reason.ShouldContain(reason);
        (await host.LoadAsync(PluginSandbox.Good)).ShouldBeOfType<PluginLoadResult.Loaded>();
    }

    [Fact]
    public async Task G03_plugin_that_never_returns_from_register_is_given_up()
    {
        AddFaulty("hang");
        var time = new FakeTimeProvider();
        var loading = _sandbox.Host(time).LoadAsync(PluginSandbox.Faulty);

        while (!loading.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(loading, Task.Delay(10));
        }

        (await loading).ShouldBeOfType<PluginLoadResult.Failed>().Reason.ShouldContain("10 s");
    }

    [Fact]
    public async Task X07_link_out_of_the_plugins_folder_is_refused()
    {
        var folder = _sandbox.Add(PluginSandbox.Good);
        File.CreateSymbolicLink(Path.Combine(folder, "secrets.txt"), "/etc/passwd");

        var failed = await _sandbox.FailAsync(PluginSandbox.Good);

        failed.Fault.ShouldBe(PluginFault.FolderRefused);
        failed.Reason.ShouldContain("secrets.txt");
    }

    [Fact]
    public async Task Copy_that_was_meddled_with_is_replaced()
    {
        _sandbox.Add(PluginSandbox.Good);
        await _sandbox.Host().LoadAsync(PluginSandbox.Good);
        var copy = Directory.EnumerateFiles(_sandbox.Shadows, PluginSandbox.Good + ".dll", SearchOption.AllDirectories).Single();
        var whole = await File.ReadAllBytesAsync(copy);
        File.Delete(copy);
        await File.WriteAllBytesAsync(copy, whole[..100]);

        (await _sandbox.Host().LoadAsync(PluginSandbox.Good)).ShouldBeOfType<PluginLoadResult.Loaded>();

        (await File.ReadAllBytesAsync(copy)).ShouldBe(whole);
    }

    [Fact]
    public async Task G02_exception_in_the_background_is_attributed_and_the_process_lives()
    {
        AddFaulty("");
        var host = _sandbox.Host();
        var loaded = (await host.LoadAsync(PluginSandbox.Faulty)).ShouldBeOfType<PluginLoadResult.Loaded>();
        var faults = System.Threading.Channels.Channel.CreateUnbounded<(string Id, Exception Exception)>();
        using var watch = PluginExceptions.Install(host, (id, e) => faults.Writer.TryWrite((id, e)));

        foreach (var (_, factory) in loaded.Offer.Strategies)
        {
            var strategy = factory();
            strategy.OnStop();
            var (id, exception) = await faults.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            id.ShouldBe(PluginSandbox.Faulty);
            exception.Message.ShouldBe("thrown in the background");
            GC.KeepAlive(strategy); // It alone holds its timer, which is collected with it and never fires.
        }
    }

    [Fact]
    public async Task Exception_of_the_host_is_nobodys()
    {
        _sandbox.Add(PluginSandbox.Good);
        var host = _sandbox.Host();
        await host.LoadAsync(PluginSandbox.Good);

        PluginExceptions.OwnerOf(host, Should.Throw<InvalidOperationException>(() => throw new InvalidOperationException())).ShouldBeNull();
    }

    public void Dispose() => _sandbox.Dispose();

    private void AddFaulty(string mode) => File.WriteAllText(Path.Combine(_sandbox.Add(PluginSandbox.Faulty), "mode.txt"), mode);

    private static void Rewrite(string folder, string what, string with)
    {
        var file = Path.Combine(folder, "plugin.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace(what, with, StringComparison.Ordinal));
    }
}

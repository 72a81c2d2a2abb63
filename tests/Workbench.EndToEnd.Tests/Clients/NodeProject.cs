using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Workbench.EndToEnd.Tests.Clients;

/// <summary>The Node project in <c>tests/clients</c> with its packages, which are installed when they are first needed.</summary>
internal static class NodeProject
{
    private const int RegistryUnreachable = 75;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Run> Installed = new(Install);

    public static string Folder { get; } = Path.Combine(WorkbenchProcess.Root, "tests", "clients");

    private static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Skips the test where there is no node, or no way to its packages; on the build server nothing of that is forgiven.</summary>
    public static void ShouldBeReady()
    {
        if (!IsOnPath("node"))
        {
            Assert.SkipWhen(!IsContinuousIntegration, "node is not on the PATH.");
            Assert.Fail("node is not on the PATH.");
        }

        var install = Installed.Value;
        Assert.SkipWhen(install.ExitCode == RegistryUnreachable && !IsContinuousIntegration, $"The npm registry cannot be reached. {install.Error}");
        install.ExitCode.ShouldBe(0, install.Error);
    }

    /// <summary>Runs a script of the project to its end.</summary>
    public static Run Node(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        return new Run(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    // Several test runs of one checkout may come here at once.
    private static Run Install()
    {
        var checkout = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Folder)))[..16];
        using var turn = new Mutex(initiallyOwned: false, $@"Global\workbench-clients-{checkout}");
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Whoever had it was killed; what it left is judged by the stamp that a finished installation writes.
        }

        try
        {
            return Node("install.mjs");
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));

    internal sealed record Run(int ExitCode, string Output, string Error);
}

using System.Runtime.InteropServices;

namespace Workbench.Tests.Configuration;

/// <summary>To the file system this thread belongs to an ordinary user until the end, even where root runs the tests, who could read everything.</summary>
internal sealed class OrdinaryUser : IDisposable
{
    private const int Nobody = 65534;
    private readonly int _before = Become(Nobody);

    public void Dispose() => Become(_before);

    private static int Become(int user) => OperatingSystem.IsLinux() ? SetFileSystemUser(user) : user;

    /// <summary>Concerns the calling thread only and returns who it was; without the right to change it does nothing.</summary>
    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileSystemUser(int user);
}

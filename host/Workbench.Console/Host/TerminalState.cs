using System.Runtime.InteropServices;
using System.Text;

namespace Workbench.Tui.Host;

/// <summary>The terminal as it was before, and the way back to it that works when Terminal.Gui can no longer do it.</summary>
internal sealed class TerminalState
{
    private const int StandardInput = 0;
    private const int Now = 0;
    private const short Hangup = 0x10;

    // Paste, mouse and keyboard modes off, colours reset, main screen, cursor on.
    private static readonly byte[] Reset = Encoding.ASCII.GetBytes(
        "\u001b[?2026l\u001b[?2004l\u001b[?1003l\u001b[?1002l\u001b[?1000l\u001b[?1006l\u001b[?1015l\u001b[<u\u001b[0m\u001b[?1049l\u001b[?25h");

    // Larger than struct termios on any Unix; its content is none of our business.
    private readonly byte[] _settings = new byte[256];
    private readonly bool _isSaved;
    private int _isRestored;

    public TerminalState() => _isSaved = !OperatingSystem.IsWindows() && GetSettings(StandardInput, _settings) == 0;

    /// <summary>True when the other end of the terminal is gone: a closed window, a lost line.</summary>
    public static bool IsGone
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return false;
            }

            var input = new Poll { Descriptor = StandardInput };
            return PollOne(ref input, 1, 0) > 0 && (input.Returned & Hangup) != 0;
        }
    }

    /// <summary>Puts everything back, once. Any thread.</summary>
    public void Restore()
    {
        if (Interlocked.Exchange(ref _isRestored, 1) == 1)
        {
            return;
        }

        try
        {
            using var output = System.Console.OpenStandardOutput();
            output.Write(Reset);
            output.Flush();
        }
        catch (IOException)
        {
            // The terminal is gone; there is nothing to put back.
        }

        if (_isSaved)
        {
            _ = SetSettings(StandardInput, Now, _settings);
        }
    }

    [DllImport("libc", EntryPoint = "tcgetattr")]
    private static extern int GetSettings(int descriptor, byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    private static extern int SetSettings(int descriptor, int when, byte[] settings);

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int PollOne(ref Poll descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }
}

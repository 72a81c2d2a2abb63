using System.Globalization;
using System.Text;

namespace Workbench.Scripting.Running;

/// <summary>Stands in for <see cref="Console.Out"/>: what a script writes goes to its run, what anybody else writes to the real console.</summary>
internal sealed class RoutedWriter(TextWriter real) : TextWriter(CultureInfo.InvariantCulture)
{
    private static readonly AsyncLocal<TextWriter?> Target = new();
    private static readonly Lock Gate = new();

    // Guarded by Gate. Console.SetOut wraps what it is given, so the wrappers are what is found there again.
    private static TextWriter? _installedOut;
    private static TextWriter? _installedError;

    public override Encoding Encoding => real.Encoding;

    private TextWriter Current => Target.Value ?? real;

    /// <summary>Where this asynchronous flow writes to, without the one lock that all users of the console share.</summary>
    public static TextWriter Here => Target.Value ?? Console.Out;

    /// <summary>Sends what this asynchronous flow writes to the console elsewhere.</summary>
    public static void Enter(TextWriter writer)
    {
        Install();
        Target.Value = writer;
    }

    public override void Write(char value) => Current.Write(value);

    public override void Write(char[] buffer, int index, int count) => Current.Write(buffer, index, count);

    public override void Write(ReadOnlySpan<char> buffer) => Current.Write(buffer);

    public override void Write(string? value) => Current.Write(value);

    public override void WriteLine() => Current.WriteLine();

    public override void WriteLine(string? value) => Current.WriteLine(value);

    public override void Flush() => Current.Flush();

    // Again before every run: a host or a test may have set the console's writers since.
    private static void Install()
    {
        lock (Gate)
        {
            if (!ReferenceEquals(Console.Out, _installedOut))
            {
                Console.SetOut(new RoutedWriter(Console.Out));
                _installedOut = Console.Out;
            }

            if (!ReferenceEquals(Console.Error, _installedError))
            {
                Console.SetError(new RoutedWriter(Console.Error));
                _installedError = Console.Error;
            }
        }
    }
}

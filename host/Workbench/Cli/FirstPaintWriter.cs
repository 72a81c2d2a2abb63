using System.Text;

namespace Workbench.Cli;

/// <summary>Hands a script's output on and notices its first character. Used by one writer at a time.</summary>
internal sealed class FirstPaintWriter(TextWriter target, Action onFirst) : TextWriter
{
    private bool _hasPainted;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        target.Write(value);
        Painted();
    }

    public override void Write(string? value)
    {
        target.Write(value);
        Painted();
    }

    public override void Write(char[] buffer, int index, int count)
    {
        target.Write(buffer, index, count);
        Painted();
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        target.Write(buffer);
        Painted();
    }

    public override void Flush() => target.Flush();

    private void Painted()
    {
        if (!_hasPainted)
        {
            _hasPainted = true;
            onFirst();
        }
    }
}

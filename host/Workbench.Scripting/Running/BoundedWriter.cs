using System.Globalization;
using System.Text;

namespace Workbench.Scripting.Running;

/// <summary>The output of one run: safe on any thread, and cut after a number of characters with one line that says so.</summary>
internal sealed class BoundedWriter(TextWriter inner, int limit) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly Lock _gate = new();
    private readonly int _limit = limit;

    // Guarded by _gate.
    private int _left = limit;
    private bool _closed;
    private bool _atLineStart = true;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_gate)
        {
            Take_NeedsLock(buffer);
        }
    }

    public override void WriteLine() => Write(CoreNewLine);

    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            Take_NeedsLock(value);
            Take_NeedsLock(CoreNewLine);
        }
    }

    public override void Flush()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                inner.Flush();
            }
        }
    }

    /// <summary>Ends the output: what the script left running writes after this goes nowhere.</summary>
    public void End()
    {
        lock (_gate)
        {
            _closed = true;
            inner.Flush();
        }
    }

    private void Take_NeedsLock(ReadOnlySpan<char> text)
    {
        if (_closed || text.IsEmpty)
        {
            return;
        }

        var taken = text[..Math.Min(text.Length, _left)];
        inner.Write(taken);
        _left -= taken.Length;
        _atLineStart = taken.IsEmpty ? _atLineStart : taken[^1] == '\n';
        if (taken.Length < text.Length)
        {
            _closed = true;
            inner.Write(_atLineStart ? "" : NewLine);
            inner.Write($"[output cut after {_limit} characters; the script runs on]{NewLine}");
            inner.Flush();
        }
    }
}

using System.Text;

namespace Workbench.Scripting.Tests.Fakes;

/// <summary>Tells when a script has printed a word.</summary>
internal sealed class SignalWriter(string word) : TextWriter
{
    private readonly StringBuilder _text = new();
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seen => _seen.Task;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        _text.Append(value);
        if (_text.ToString().Contains(word, StringComparison.Ordinal))
        {
            _seen.TrySetResult();
        }
    }
}

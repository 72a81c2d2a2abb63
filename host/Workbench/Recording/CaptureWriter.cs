using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Recording;

/// <summary>What a recording says about itself in its first line.</summary>
internal sealed record CaptureHeader(string Dialect, string Connection, string Environment, IReadOnlyList<string> Symbols);

/// <summary>
/// Turns what a tap sees into lines of <c>t_ns</c>, <c>kind</c>, <c>url</c>, <c>raw</c> and writes them behind the readers' backs. Times never go back
/// within a file, whichever thread brings a line first. Nothing is dropped: if the disk stays behind for too long, the recording ends with that reason.
/// </summary>
internal sealed class CaptureWriter : IWireTap
{
    private const int MostWaitingBytes = 256 << 20;
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly JsonWriterOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly CaptureFile _file;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<RecordingException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Under the lock.
    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _filling = new(1 << 20);
    private ArrayBufferWriter<byte> _spare = new(1 << 20);
    private long _lastNanos;
    private long _messages;
    private long _bytes;

    public CaptureWriter(CaptureFile file, CaptureHeader header, Timestamp now)
    {
        _file = file;
        _json = new Utf8JsonWriter(_filling, Lines);
        lock (_lock)
        {
            _lastNanos = now.UnixNanoseconds;
            WriteHeader_NeedsLock(header);
        }
    }

    /// <summary>Ends with the reason why nothing more is written.</summary>
    public Task<RecordingException> Failed => _failed.Task;

    /// <summary>WebSocket messages and answers so far, and their bytes as they came.</summary>
    public (long Messages, long Bytes) Seen
    {
        get
        {
            lock (_lock)
            {
                return (_messages, _bytes);
            }
        }
    }

    public void Opened(Uri address, Timestamp at) => Write("connect"u8, address, default, at);

    public void Received(Uri address, ReadOnlySpan<byte> utf8, Timestamp at) => Write("ws-in"u8, address, utf8, at);

    public void Answered(Uri address, ReadOnlySpan<byte> body, Timestamp at) => Write("http"u8, address, body, at);

    /// <summary>Flushes from time to time until told to stop, then once more.</summary>
    public async Task RunAsync(TimeProvider time, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(FlushPeriod, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await FlushAsync().ConfigureAwait(false);
            }
        }
        catch (RecordingException e)
        {
            _failed.TrySetResult(e);
        }
    }

    private void Write(ReadOnlySpan<byte> kind, Uri address, ReadOnlySpan<byte> raw, Timestamp at)
    {
        lock (_lock)
        {
            if (_failed.Task.IsCompleted || !Utf8.IsValid(raw))
            {
                return;
            }

            _lastNanos = Math.Max(_lastNanos, at.UnixNanoseconds);
            _json.WriteStartObject();
            _json.WriteNumber("t_ns"u8, _lastNanos);
            _json.WriteString("kind"u8, kind);
            _json.WriteString("url"u8, address.OriginalString);
            _json.WriteString("raw"u8, raw);
            EndLine_NeedsLock();
            _messages += raw.IsEmpty ? 0 : 1;
            _bytes += raw.Length;
            if (_filling.WrittenCount > MostWaitingBytes)
            {
                _failed.TrySetResult(new RecordingException("the disk cannot keep up with the market data; the recording ends here"));
            }
        }
    }

    private void WriteHeader_NeedsLock(CaptureHeader header)
    {
        _json.WriteStartObject();
        _json.WriteNumber("t_ns"u8, _lastNanos);
        _json.WriteString("kind"u8, "recording"u8);
        _json.WriteNumber("version"u8, 1);
        _json.WriteString("dialect"u8, header.Dialect);
        _json.WriteString("connection"u8, header.Connection);
        _json.WriteString("environment"u8, header.Environment);
        _json.WriteStartArray("symbols"u8);
        foreach (var symbol in header.Symbols)
        {
            _json.WriteStringValue(symbol);
        }

        _json.WriteEndArray();
        EndLine_NeedsLock();
    }

    private void EndLine_NeedsLock()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _filling.Write("\n"u8);
    }

    private async Task FlushAsync()
    {
        ArrayBufferWriter<byte> full;
        lock (_lock)
        {
            if (_filling.WrittenCount == 0)
            {
                return;
            }

            full = _filling;
            _filling = _spare;
            _json.Reset(_filling);
        }

        await _file.AppendAsync(full.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
        full.ResetWrittenCount();
        lock (_lock)
        {
            _spare = full;
        }
    }
}

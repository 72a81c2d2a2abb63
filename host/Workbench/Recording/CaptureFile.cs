using System.IO.Compression;

namespace Workbench.Recording;

/// <summary>
/// A recording as it grows. It is written beside its final name and takes that name when it is finished, so that a file of the final name is always a
/// whole one. Each flush of a <c>.gz</c> recording is a gzip member of its own: whatever ends the process, what was flushed before can be read.
/// </summary>
internal sealed class CaptureFile : IDisposable
{
    private const int DiskFullOnUnix = 28;
    private const int DiskFullOnWindows = 112;
    private readonly string _path;
    private readonly string _partial;
    private readonly bool _replaces;
    private readonly Stream _stream;
    private readonly MemoryStream _packed = new();
    private bool _finished;

    /// <param name="path">The final name; ends in <c>.jsonl</c> or <c>.jsonl.gz</c>.</param>
    /// <param name="partial">The name until then.</param>
    /// <param name="replaces">Whether an older file of that name may go.</param>
    /// <param name="stream">Where bytes go, unbuffered.</param>
    public CaptureFile(string path, string partial, bool replaces, Stream stream) => (_path, _partial, _replaces, _stream) = (path, partial, replaces, stream);

    /// <summary>Bytes on the disk, packed if the file is.</summary>
    public long Length { get; private set; }

    /// <exception cref="RecordingException">The file is there already, its name is no recording's, or it cannot be made.</exception>
    public static CaptureFile Create(string path, bool replaces)
    {
        if (!path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
        {
            throw new RecordingException($"{path}: a recording's name ends in .jsonl or .jsonl.gz");
        }

        if (File.Exists(path) && !replaces)
        {
            throw new RecordingException($"{path} is there already; --force replaces it");
        }

        var partial = path + ".part";
        try
        {
            return new CaptureFile(path, partial, replaces, new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Writes whole lines and hands them to the operating system.</summary>
    /// <exception cref="RecordingException">They could not be written; the file ends with the lines before them.</exception>
    public async Task AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = _path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Pack(lines) : lines;
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            Length += bytes.Length;
        }
        catch (IOException e)
        {
            CutBack();
            throw new RecordingException(IsDiskFull(e) ? $"{_path}: the disk is full" : $"{_path}: {e.Message}", e);
        }
    }

    /// <summary>Closes the file and gives it its name.</summary>
    /// <exception cref="RecordingException">It could not be named; the partial file stays.</exception>
    public void Finish()
    {
        _finished = true;
        _stream.Dispose();
        try
        {
            File.Move(_partial, _path, _replaces);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{_path}: {e.Message}; the recording is in {_partial}", e);
        }
    }

    /// <summary>Without <see cref="Finish"/> before, nothing was worth keeping and the partial file goes.</summary>
    public void Dispose()
    {
        _packed.Dispose();
        if (!_finished)
        {
            _stream.Dispose();
            File.Delete(_partial);
        }
    }

    private static bool IsDiskFull(IOException e) => (e.HResult & 0xFFFF) is DiskFullOnUnix or DiskFullOnWindows;

    private ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> lines)
    {
        _packed.SetLength(0);
        using (var zip = new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(lines.Span);
        }

        return _packed.GetBuffer().AsMemory(0, (int)_packed.Length);
    }

    private void CutBack()
    {
        try
        {
            _stream.SetLength(Length);
        }
        catch (IOException)
        {
            // The half line stays; the reader names it.
        }
    }
}

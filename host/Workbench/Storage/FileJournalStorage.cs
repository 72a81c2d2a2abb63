using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Workbench.Core.Execution.Journal;

namespace Workbench.Storage;

/// <summary>The order journal in a folder: one preallocated file per segment and a lock file that a second host cannot take.</summary>
/// <remarks>The folder and files are readable by their owner only. Preallocation keeps a flush from having to write file sizes too.</remarks>
internal sealed class FileJournalStorage : IJournalStorage
{
    internal const string Extension = ".wbj";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _directory;
    private readonly FileStream _lock;
    private readonly List<int> _segments;
    private SafeFileHandle? _file;
    private long _offset;

    private FileJournalStorage(string directory, FileStream @lock, List<int> segments)
    {
        _directory = directory;
        _lock = @lock;
        _segments = segments;
    }

    /// <inheritdoc />
    public IReadOnlyList<int> Segments => _segments;

    /// <summary>Takes the folder, creating it where it is missing.</summary>
    /// <exception cref="IOException">Another process has it, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system refuses.</exception>
    public static FileJournalStorage Open(string directory)
    {
        CreateDirectory(directory);
        var @lock = Lock(Path.Combine(directory, "lock"));
        var segments = SegmentsIn(directory).ToList();
        return new FileJournalStorage(Path.GetFullPath(directory), @lock, segments);
    }

    /// <summary>The numbers of the segments in a folder, oldest first.</summary>
    internal static IReadOnlyList<int> SegmentsIn(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*" + Extension)
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>Cuts the journal off at a place and removes all later segments. Only for repair, with a copy at hand.</summary>
    /// <exception cref="IOException">The file system refuses; what is left is still damaged, and repair can run again.</exception>
    public void CutAt(int segment, long offset)
    {
        foreach (var later in _segments.Where(s => s > segment).OrderDescending().ToList())
        {
            File.Delete(NameOf(later));
            _segments.Remove(later);
        }

        if (_segments.Contains(segment))
        {
            ContinueAt(segment, offset);
        }

        DurableFolder.Flush(_directory);
    }

    /// <summary>Takes the folder and forgets what is in it: the journal of an embedded simulator, whose venues ended with the process they lived in.</summary>
    /// <exception cref="IOException">Another process has it, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system refuses.</exception>
    public static FileJournalStorage OpenEmpty(string directory)
    {
        var storage = Open(directory);
        foreach (var segment in storage._segments)
        {
            File.Delete(storage.NameOf(segment));
        }

        storage._segments.Clear();
        return storage;
    }

    /// <inheritdoc />
    public string NameOf(int segment) => Path.Combine(_directory, segment.ToString("D8", CultureInfo.InvariantCulture) + Extension);

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Read(int segment) => File.ReadAllBytes(NameOf(segment));

    /// <inheritdoc />
    public void ContinueAt(int segment, long offset)
    {
        _file?.Dispose();
        _file = File.OpenHandle(NameOf(segment), FileMode.Open, FileAccess.ReadWrite);
        _offset = offset;
        var length = RandomAccess.GetLength(_file);
        if (!IsZero(_file, offset, length))
        {
            // Cut and grow again: what is read there from now on is zero, whatever a crash leaves behind.
            RandomAccess.SetLength(_file, offset);
            RandomAccess.SetLength(_file, length);
            RandomAccess.FlushToDisk(_file);
        }
    }

    /// <inheritdoc />
    public void StartSegment(int segment, long capacity)
    {
        _file?.Dispose();
        _file = null;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = capacity };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(NameOf(segment), options))
        {
            stream.SetLength(capacity);
            stream.Flush(flushToDisk: true);
        }

        _file = File.OpenHandle(NameOf(segment), FileMode.Open, FileAccess.ReadWrite);
        _offset = 0;
        _segments.Add(segment);
        DurableFolder.Flush(_directory);
    }

    /// <inheritdoc />
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(Current(), bytes, _offset);
        _offset += bytes.Length;
    }

    /// <inheritdoc />
    public void Flush() => RandomAccess.FlushToDisk(Current());

    /// <inheritdoc />
    public void Dispose()
    {
        _file?.Dispose();
        _lock.Dispose();
    }

    private static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            // FileShare.None is an exclusive lock of the operating system: it ends with the process, however that ends.
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.SetLength(0);
            stream.Write(Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            stream.Flush();
            return stream;
        }
        catch (IOException e)
        {
            throw new IOException($"the order journal is in use by another workbench (lock file {path}): close that one, or give this one a folder of its own, as with WORKBENCH_DATA=FOLDER", e);
        }
    }

    private static bool IsZero(SafeFileHandle file, long from, long to)
    {
        var buffer = new byte[64 * 1024];
        for (var at = from; at < to;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - at)), at);
            if (read == 0)
            {
                return true;
            }

            if (buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                return false;
            }

            at += read;
        }

        return true;
    }

    private SafeFileHandle Current() => _file ?? throw new InvalidOperationException("No segment was started.");
}

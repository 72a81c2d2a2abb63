using System.Security.Cryptography;
using System.Text;
using Workbench.Scripting.Compiling;

namespace Workbench.Scripting.Caching;

/// <summary>The file form of a compiled script: a SHA-256 over everything that follows, a version, the engine's key, then the parts.</summary>
internal static class CacheEntry
{
    private const int FormatVersion = 1;

    public static byte[] Write(CompiledScript script, string engineKey)
    {
        using var stream = new MemoryStream();
        stream.Write(new byte[SHA256.HashSizeInBytes]);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(FormatVersion);
            writer.Write(engineKey);
            writer.Write(script.Path);
            WriteList(writer, script.Inputs, i =>
            {
                writer.Write(i.Path);
                writer.Write(i.Hash);
            });
            WriteList(writer, script.References, writer.Write);
            WriteList(writer, [.. script.Columns.Insertions], file => WriteInsertions(writer, file.Key, file.Value));
            WriteBytes(writer, script.Assembly);
            WriteBytes(writer, script.Symbols);
        }

        var entry = stream.ToArray();
        SHA256.HashData(entry.AsSpan(SHA256.HashSizeInBytes), entry);
        return entry;
    }

    /// <summary>The script, or null when it was written by another build of the host.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public static CompiledScript? Read(byte[] entry, string engineKey)
    {
        const int HashSize = SHA256.HashSizeInBytes;
        if (entry.Length <= HashSize || !SHA256.HashData(entry.AsSpan(HashSize)).AsSpan().SequenceEqual(entry.AsSpan(0, HashSize)))
        {
            throw new InvalidDataException("its checksum is wrong");
        }

        using var reader = new BinaryReader(new MemoryStream(entry, HashSize, entry.Length - HashSize), Encoding.UTF8);
        if (reader.ReadInt32() != FormatVersion || reader.ReadString() != engineKey)
        {
            return null;
        }

        var path = reader.ReadString();
        var inputs = ReadList(reader, () => new ScriptInput(reader.ReadString(), reader.ReadString()));
        var references = ReadList(reader, reader.ReadString);
        var columns = new ColumnMap(ReadList(reader, () => ReadInsertions(reader)).ToDictionary(f => f.File, f => f.Insertions, StringComparer.Ordinal));
        return new CompiledScript(path, ReadBytes(reader), ReadBytes(reader), inputs, references, columns) { FromCache = true };
    }

    private static void WriteInsertions(BinaryWriter writer, string file, IReadOnlyList<Insertion> insertions)
    {
        writer.Write(file);
        WriteList(writer, insertions, i =>
        {
            writer.Write(i.Line);
            writer.Write(i.Column);
            writer.Write(i.Length);
        });
    }

    private static (string File, IReadOnlyList<Insertion> Insertions) ReadInsertions(BinaryReader reader) =>
        (reader.ReadString(), ReadList(reader, () => new Insertion(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32())));

    private static void WriteList<T>(BinaryWriter writer, IReadOnlyList<T> items, Action<T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items)
        {
            write(item);
        }
    }

    private static T[] ReadList<T>(BinaryReader reader, Func<T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read();
        }

        return items;
    }

    private static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());
}

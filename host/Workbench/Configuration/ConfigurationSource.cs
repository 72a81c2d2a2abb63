using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Workbench.Configuration.Yaml;

namespace Workbench.Configuration;

/// <summary>Gets the text of the file: bounded, UTF-8, without characters that hide what is written.</summary>
internal static class ConfigurationSource
{
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the file; null after an error was added.</summary>
    public static string? ReadFile(string path, ConfigurationErrors errors)
    {
        try
        {
            if (Directory.Exists(path))
            {
                errors.Add(default, "", "is a directory; give the configuration file in it");
                return null;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Decode(ReadBounded(stream), errors);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            errors.Add(default, "", "no such file; give another with --config FILE");
        }
        catch (UnauthorizedAccessException)
        {
            errors.Add(default, "", "may not be read; check the file's permissions");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            errors.Add(default, "", $"cannot be read: {e.Message}");
        }

        return null;
    }

    /// <summary>Refuses what is too large or hides its meaning; false after an error was added.</summary>
    public static bool Accept(string text, ConfigurationErrors errors)
    {
        if (Encoding.UTF8.GetByteCount(text) > ConfigurationLimits.MaxBytes)
        {
            AddTooLarge(errors);
            return false;
        }

        return RefuseHidden(text, errors);
    }

    // One byte more than allowed tells a file that is too large from one that just fits, whatever length the system reports.
    private static ReadOnlyMemory<byte> ReadBounded(FileStream stream)
    {
        var buffer = new byte[ConfigurationLimits.MaxBytes + Utf8Mark.Length + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer.AsMemory(0, length);
    }

    private static string? Decode(ReadOnlyMemory<byte> bytes, ConfigurationErrors errors)
    {
        var content = bytes.Span.StartsWith(Utf8Mark) ? bytes.Span[Utf8Mark.Length..] : bytes.Span;
        if (content.Length > ConfigurationLimits.MaxBytes)
        {
            AddTooLarge(errors);
            return null;
        }

        var chars = new char[content.Length];
        Utf8.ToUtf16(content, chars, out var read, out var written, replaceInvalidSequences: false);
        var text = new string(chars, 0, written);
        if (read == content.Length)
        {
            return text;
        }

        errors.Add(PositionAt(text, text.Length), "", "not UTF-8 text from here on; save the file as UTF-8");
        return null;
    }

    private static void AddTooLarge(ConfigurationErrors errors) =>
        errors.Add(default, "", string.Create(CultureInfo.InvariantCulture, $"larger than {ConfigurationLimits.MaxBytes} bytes"));

    private static bool RefuseHidden(string text, ConfigurationErrors errors)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (HiddenCharacters.IsHidden(text[i]))
            {
                var code = ((int)text[i]).ToString("X4", CultureInfo.InvariantCulture);
                errors.Add(PositionAt(text, i), "", $"invisible character U+{code}; remove it");
                return false;
            }
        }

        return true;
    }

    private static YamlPosition PositionAt(string text, int index)
    {
        var before = text.AsSpan(0, index);
        return new YamlPosition(before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}

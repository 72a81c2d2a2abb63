using System.Text;

namespace Workbench.Scripting.Compiling;

/// <summary>Refuses text that would overflow the stack of Roslyn's parser, which looks ahead over nested types without a guard of its own and would take the host down.</summary>
internal static class NestingGuard
{
    /// <summary>Far more than a person writes, far less than a stack holds.</summary>
    public const int MaxDepth = 500;

    public const string Id = "WB2002";

    public static readonly string Message = $"Brackets are nested more than {MaxDepth} deep.";

    /// <summary>Where the text goes too deep, from 1, or null. Counts brackets in strings and comments, too: the limit leaves room for that.</summary>
    public static (int Line, int Column)? Find(byte[] utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        var (depth, angles, line, lineStart) = (0, 0, 1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                case '<':
                    angles++;
                    break;
                case '>':
                    angles = Math.Max(0, angles - 1);
                    break;
                case ';':
                    angles = 0; // they were comparisons
                    break;
                case '\n':
                    line++;
                    lineStart = i + 1;
                    break;
            }

            if (depth > MaxDepth || angles > MaxDepth)
            {
                return (line, i - lineStart + 1);
            }
        }

        return null;
    }
}

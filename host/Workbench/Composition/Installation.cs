using System.Security.Cryptography;
using Workbench.Cli;
using Workbench.Core.Execution;

namespace Workbench.Composition;

/// <summary>The three characters that mark this installation in client order ids; drawn once and kept beside the data.</summary>
internal static class Installation
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const string FileName = "installation";

    /// <exception cref="UserErrorException">The folder cannot be written, or the file holds something else.</exception>
    public static string Of(string directory)
    {
        var file = Path.Combine(directory, FileName);
        try
        {
            Directory.CreateDirectory(directory);
            if (!File.Exists(file))
            {
                File.WriteAllText(file, RandomNumberGenerator.GetString(Alphabet, 3));
            }

            var text = File.ReadAllText(file).Trim();
            return ClientOrderIds.IsInstallation(text)
                ? text
                : throw new UserErrorException($"{file} holds '{text}', which is not an installation mark (three of {Alphabet}): restore it; with another one this host would not know its own orders");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file} cannot be used: {e.Message}", e);
        }
    }
}

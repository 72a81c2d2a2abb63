namespace Workbench.Configuration.Schema;

/// <summary>Tells by a setting's name that its value must not be written down or shown.</summary>
internal static class SecretNames
{
    private static readonly string[] Parts = ["secret", "password", "passphrase", "passwd", "token", "apikey", "privatekey", "credential"];

    /// <summary>True for <c>api_key</c>, <c>redisPassword</c> and the like; false for <c>private_key_file</c>, which is only a path.</summary>
    public static bool IsSecret(string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return !plain.EndsWith("file", StringComparison.Ordinal) && Parts.Any(p => plain.Contains(p, StringComparison.Ordinal));
    }
}

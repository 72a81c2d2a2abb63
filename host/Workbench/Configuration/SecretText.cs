namespace Workbench.Configuration;

/// <summary>A secret from the environment. Prints as its variable's name; only <see cref="Reveal"/> gives the value.</summary>
internal sealed class SecretText(string variable, string value)
{
    /// <summary>The environment variable it came from.</summary>
    public string Variable { get; } = variable;

    /// <summary>The secret itself: for the signer and nobody else.</summary>
    public string Reveal() => value;

    public override string ToString() => $"${{{Variable}}}";
}

using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>Reads a default through the same code as the file, so that a default can never be out of its own bounds.</summary>
internal static class DefaultText
{
    public static T Read<T>(string key, Shape<T> shape, string text)
    {
        var errors = new ConfigurationErrors("default");
        var node = YamlReader.Read(text, errors) ?? new YamlBroken(default);
        var value = shape.Read(node, key, new ReadContext(errors, _ => null));
        return errors.Any
            ? throw new InvalidOperationException($"The default of '{key}' is wrong: {errors.Sorted()[0].Message}")
            : value;
    }
}

namespace Workbench.Configuration.Yaml;

/// <summary>A place in the file; line and column count from 1. The default value means the file as a whole.</summary>
internal readonly record struct YamlPosition(int Line, int Column);

namespace Workbench.Configuration.Schema;

/// <summary>One key of the schema as a listing shows it.</summary>
/// <param name="Path">The key; <c>*</c> stands for a name the user chooses, <c>[]</c> for each item of a list.</param>
/// <param name="Type">The type in words.</param>
/// <param name="Default">What holds when the key is left out, as it would be written; null when there is none.</param>
/// <param name="Range">Bounds or choices; null where any value of the type will do.</param>
/// <param name="IsRequired">True when the file must have it.</param>
/// <param name="Description">One sentence.</param>
internal sealed record SchemaRow(string Path, string Type, string? Default, string? Range, bool IsRequired, string Description);

namespace Workbench.Scripting;

/// <summary>What became of a compile. <see cref="Message"/> is fit to be shown as it is.</summary>
public abstract record ScriptCompilation
{
    private ScriptCompilation()
    {
    }

    /// <summary>What to tell a person; empty for <see cref="Compiled"/>.</summary>
    public abstract string Message { get; }

    /// <summary>Ready to run, as often as wanted.</summary>
    public sealed record Compiled(CompiledScript Script) : ScriptCompilation
    {
        /// <inheritdoc />
        public override string Message => "";
    }

    /// <summary>The compiler refused it. There is at least one diagnostic, in the order of the source.</summary>
    public sealed record CompileFailed(IReadOnlyList<ScriptDiagnostic> Diagnostics) : ScriptCompilation
    {
        /// <inheritdoc />
        public override string Message => string.Join(Environment.NewLine, Diagnostics);
    }

    /// <summary>There is no such file.</summary>
    /// <param name="Path">The full path.</param>
    /// <param name="Nearest">The file names in that folder that look most like it, nearest first.</param>
    public sealed record NotFound(string Path, IReadOnlyList<string> Nearest) : ScriptCompilation
    {
        /// <inheritdoc />
        public override string Message
        {
            get
            {
                var folder = System.IO.Path.GetDirectoryName(Path) ?? "";
                return (Directory.Exists(folder), Nearest.Count) switch
                {
                    (false, _) => $"There is no script {Path}: the folder {folder} does not exist.",
                    (true, 0) => $"There is no script {Path}: there are no .csx files in that folder.",
                    _ => $"There is no script {Path}. Did you mean {string.Join(" or ", Nearest)}?",
                };
            }
        }
    }

    /// <summary>It is there and was not read: a folder, no permission, too large.</summary>
    public sealed record Refused(string Path, string Reason) : ScriptCompilation
    {
        /// <inheritdoc />
        public override string Message => $"The script {Path} was not read: {Reason}";
    }
}

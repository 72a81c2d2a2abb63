using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Workbench.Scripting;

/// <summary>Called by the stop checks that the engine puts into loops; not for authors.</summary>
public static class ScriptStop
{
    /// <summary>Ends the script.</summary>
    /// <exception cref="OperationCanceledException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Throw() => throw new OperationCanceledException("The script was told to stop.");
}

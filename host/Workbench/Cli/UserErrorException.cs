namespace Workbench.Cli;

/// <summary>Something the user can mend: one clear message with what, where and what to do. Shown without a stack trace unless <c>--verbose</c> is given.</summary>
internal sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);

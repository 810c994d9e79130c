namespace McpI2V.Media.Processes;

/// <summary>How a child process ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="ErrorTail">The last few kilobytes of its standard error.</param>
/// <param name="TimedOut">True if it was ended because it ran out of time.</param>
public sealed record ChildProcessResult(int ExitCode, string ErrorTail, bool TimedOut);

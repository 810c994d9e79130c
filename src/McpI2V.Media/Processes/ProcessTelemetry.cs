using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpI2V.Media.Processes;

/// <summary>
/// What is told of child processes to those who listen: the program's name, how it ended, how long it took. No argument, no path.
/// </summary>
internal static class ProcessTelemetry
{
    private const string Name = "McpI2V.Media";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "i2v.process.duration",
        "s",
        "How long child processes took.");

    /// <summary>Begins to watch a run.</summary>
    public static Run Begin(string program) => new(Path.GetFileNameWithoutExtension(program));

    /// <summary>A run that is being watched.</summary>
    internal readonly struct Run(string program) : IDisposable
    {
        private readonly Activity? activity = Source.StartActivity(program, ActivityKind.Internal);
        private readonly long started = Stopwatch.GetTimestamp();

        /// <summary>It has ended.</summary>
        public void End(ChildProcessResult result)
        {
            activity?.SetTag("process.executable.name", program).SetTag("process.exit.code", result.ExitCode);
            if (result.ExitCode != 0)
            {
                activity?.SetStatus(ActivityStatusCode.Error, result.TimedOut ? "took too long" : "exit code");
            }
            Durations.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new("process.executable.name", program),
                new("process.exit.code", result.ExitCode));
        }

        /// <summary>Whether it ended or was canceled.</summary>
        public void Dispose() => activity?.Dispose();
    }
}

using System.Diagnostics;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>What is told of jobs to those who listen: a span for a job's way, and one for each of its steps. No prompt, no file.</summary>
internal static class JobTelemetry
{
    private static readonly ActivitySource Source = new("McpI2V.Engine");

    /// <summary>Begins to watch a job, as it goes its way in this process.</summary>
    public static Activity? Way(Job job)
    {
        // Its way is its own, whoever wakened the runner.
        Activity.Current = null;
        return Begin(Source.StartActivity("job"), job);
    }

    /// <summary>
    /// Begins to watch a step of a job: <c>render</c>, <c>submit</c>, <c>recover</c>, <c>wait</c>, <c>fetch</c>, <c>publish</c>.
    /// </summary>
    public static Activity? Step(string step, Job job) => Begin(Source.StartActivity("job " + step), job);

    /// <summary>It did not go well.</summary>
    public static void Failed(Activity? activity, ErrorCode code) =>
        activity?.SetTag("error.type", SnakeCase.From(code)).SetStatus(ActivityStatusCode.Error);

    private static Activity? Begin(Activity? activity, Job job) => activity?
        .SetTag("i2v.job.id", job.Name)
        .SetTag("i2v.job.kind", job.Kind)
        .SetTag("i2v.provider", job.Provider)
        .SetTag("i2v.model", job.Model);
}

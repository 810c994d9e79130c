using System.Globalization;
using Quartz;

namespace McpI2V.Engine.Jobs.Dispatching;

/// <summary>What Quartz runs when a job's turn has come: it lasts until this node has nothing more to do with the job.</summary>
internal sealed class DueJob(QuartzDispatch dispatch) : IJob
{
    /// <summary>Where the job's number is in the data of its trigger.</summary>
    public const string Id = "job";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await dispatch.RunAsync(long.Parse(context.MergedJobDataMap.GetString(Id)!, CultureInfo.InvariantCulture));
}

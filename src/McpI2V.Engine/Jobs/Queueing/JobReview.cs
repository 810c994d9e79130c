using McpI2V.Engine.Generation;

namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>Lets the provider of a job see it before anything is written down or spent.</summary>
public sealed class JobReview(ConfiguredProviders providers, OrderReader orders)
{
    /// <summary>The job with its provider's warnings.</summary>
    /// <exception cref="I2VException">The provider can't do it.</exception>
    public async Task<ReviewedJob> ReviewAsync(NewJob job, CancellationToken callCancelled) =>
        new(job with { Warnings = [.. job.Warnings, .. await WarningsAsync(job, callCancelled)] });

    private async Task<IReadOnlyList<string>> WarningsAsync(NewJob job, CancellationToken callCancelled)
    {
        if (providers.Here(job.Provider) is { } performer)
        {
            return await performer.ReviewAsync(job, callCancelled);
        }
        var order = orders.Outline(job.Request, job.Model);
        return
        [
            .. providers.Remote[job.Provider].Review(order),
            .. await orders.AdviceAsync(job.Request, order.Model, callCancelled),
        ];
    }
}

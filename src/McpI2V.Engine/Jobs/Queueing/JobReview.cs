using McpI2V.Engine.Generation;

namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>Lets the provider of a job see it before anything is written down or spent.</summary>
public sealed class JobReview(ConfiguredProviders providers, OrderReader orders)
{
    /// <summary>The job with its provider's warnings.</summary>
    /// <exception cref="I2VException">The provider can't do it.</exception>
    public ReviewedJob Review(NewJob job) => new(job with { Warnings = [.. job.Warnings, .. WarningsOf(job)] });

    private IEnumerable<string> WarningsOf(NewJob job)
    {
        if (providers.Here(job.Provider) is { } performer)
        {
            return performer.Review(job);
        }
        var order = orders.Outline(job.Request, job.Model);
        return [.. providers.Remote[job.Provider].Review(order), .. orders.Advice(job.Request, order.Model)];
    }
}

using McpI2V.Engine;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Media;

namespace McpI2V.Providers.Local;

/// <summary>The embedded engine: everything that ffmpeg and a camera over a still can do, free and without a key.</summary>
public sealed class LocalEngine(LocalStills stills, LocalCamera camera, LocalRecipes recipes) : IJobPerformer
{
    /// <summary>The provider's name in model ids.</summary>
    public const string Name = "local";

    /// <inheritdoc/>
    public string Provider => Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(NewJob job) => job.Kind switch
    {
        StillRequest.JobKind => stills.Review(job.Request),
        AnimateRequest.JobKind => camera.Review(job.Request),
        RecipeRequest.JobKind => [],
        _ => throw Unknown(job.Kind),
    };

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProducedFile>> PerformAsync(Job job, MediaWork work, CancellationToken jobCancelled) => job.Kind switch
    {
        StillRequest.JobKind => stills.PerformAsync(job, work, jobCancelled),
        AnimateRequest.JobKind => camera.PerformAsync(job, work, jobCancelled),
        RecipeRequest.JobKind => recipes.PerformAsync(job, work, jobCancelled),
        _ => throw Unknown(job.Kind),
    };

    private static I2VException Unknown(string kind) => new(ErrorCode.UnsupportedByModel, $"The embedded engine does not do {kind}.");
}

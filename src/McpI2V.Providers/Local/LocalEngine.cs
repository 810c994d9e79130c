using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media;

namespace McpI2V.Providers.Local;

/// <summary>The embedded engine: everything that ffmpeg and a camera over a still can do, free and without a key.</summary>
public sealed class LocalEngine(
    LocalStills stills,
    LocalCamera camera,
    LocalRecipes recipes,
    LocalSpeech speech,
    LocalMusic music,
    MediaLibrary library) : IJobPerformer
{
    /// <summary>The provider's name in model ids.</summary>
    public const string Name = ModelEntry.EmbeddedProvider;

    /// <inheritdoc/>
    public string Provider => Name;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReviewAsync(NewJob job, CancellationToken callCancelled) => job.Request switch
    {
        StillRequest still => stills.ReviewAsync(still, callCancelled),
        AnimateRequest animate => camera.ReviewAsync(animate, callCancelled),
        RecipeRequest recipe => recipes.ReviewAsync(recipe, callCancelled),
        AudioRequest { Capability: Capability.Music } bed => Task.FromResult(music.Review(bed)),
        AudioRequest audio => speech.ReviewAsync(audio, callCancelled),
        _ => throw Unknown(job.Request),
    };

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProducedFile>> PerformAsync(Job job, MediaWork work, CancellationToken jobCancelled) =>
        JobRequests.Of(job, library) switch
        {
            StillRequest still => stills.PerformAsync(job, still, work, jobCancelled),
            AnimateRequest animate => camera.PerformAsync(job, animate, work, jobCancelled),
            RecipeRequest recipe => recipes.PerformAsync(job, recipe, work, jobCancelled),
            AudioRequest { Capability: Capability.Music } bed => music.PerformAsync(job, bed, work, jobCancelled),
            AudioRequest audio => speech.PerformAsync(job, audio, work, jobCancelled),
            var other => throw Unknown(other),
        };

    private static I2VException Unknown(GenerationRequest request) =>
        new(ErrorCode.UnsupportedByModel, $"The free local engine does not do {request.Kind}. Name another model (list_models). " +
            "Nothing was spent.");
}

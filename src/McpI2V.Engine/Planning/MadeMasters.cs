using McpI2V.Engine.Batches;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Planning;

/// <summary>
/// The clips that a batch has made of its stills, before any edit, by what they were asked for with. A batch that keeps its stills, moves
/// and models has them already: the same pictures, and nothing is paid twice.
/// </summary>
public sealed class MadeMasters
{
    private readonly Dictionary<string, List<(string Model, Asset Clip)>> made = [];

    /// <summary>None.</summary>
    public static MadeMasters None { get; } = new();

    /// <summary>Those of a batch whose files are still there.</summary>
    public static async Task<MadeMasters> OfAsync(
        Batch batch,
        JobStore jobs,
        MediaLibrary library,
        CancellationToken callCancelled)
    {
        var masters = new MadeMasters();
        foreach (var job in jobs.OfBatch(batch.Id).Where(j => j.State == JobState.Succeeded))
        {
            if (MakerOf(job, jobs, library) is { Kind: AnimateRequest.JobKind } maker
                && library.Assets.OfJob(maker.Id) is [var clip]
                && await library.HasFileAsync(clip, callCancelled))
            {
                masters.Add(GenerationRequest.FromJson(maker.Request).ToKey(), maker.Model, clip);
            }
        }
        return masters;
    }

    /// <summary>The clip that was made of a request; null if there is none.</summary>
    /// <param name="request">What it would be made with.</param>
    /// <param name="models">The models that may have made it; null: any.</param>
    public Asset? Find(GenerationRequest request, IReadOnlyCollection<string>? models) =>
        made.TryGetValue(request.ToKey(), out var clips)
            ? clips.FirstOrDefault(c => models is null || models.Contains(c.Model)).Clip
            : null;

    // A batch that took over the clips of another has only edits of them.
    private static Job? MakerOf(Job job, JobStore jobs, MediaLibrary library) =>
        job.Kind == RecipeRequest.JobKind
        && GenerationRequest.FromJson(job.Request) is RecipeRequest { Clip: { } handle }
        && AssetHandle.TryParse(handle, out var parsed)
            ? library.Assets.Find(parsed)?.Job is { } maker ? jobs.Find(maker) : null
            : job;

    private void Add(string key, string model, Asset clip)
    {
        if (!made.TryGetValue(key, out var clips))
        {
            made[key] = clips = [];
        }
        clips.Add((model, clip));
    }
}

using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Formats;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Providers.Local;

/// <summary>Renders as little of a recipe as it takes: where sound alone was changed, the picture of the clip before is copied.</summary>
public sealed class RecipeRender(ClipRenderer renderer, JobStore jobs)
{
    /// <summary>True if the file of the clip before shows what a recipe makes, as carefully encoded as asked for.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="clip">The clip before.</param>
    /// <param name="steps">The whole recipe.</param>
    public bool KeepsPicture(RecipeRequest request, Asset clip, JsonArray steps) =>
        request is { Operation: "edit", Delivery: null }
        && clip.Format == MediaFormat.Mp4
        // What came from elsewhere may turn, stutter or be no H.264, and a post has times of its own.
        && clip.Operation is "edit" or "assemble" or "animate"
        && clip.Model is not null
        && !ModelEntry.IsGenerative(clip.Model)
        && Recipes.ShowTheSame(clip.Recipe, steps)
        && clip.Job is { } number
        && jobs.Find(number) is { } made
        && GenerationRequest.FromJson(made.Request).Quality >= request.Quality;

    /// <summary>Renders to an MP4.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="source">The clip with its whole recipe.</param>
    /// <param name="picturePath">The file whose picture is kept; null: it is rendered.</param>
    /// <param name="outputPath">Where it goes.</param>
    /// <param name="work">Where files go.</param>
    /// <param name="jobCancelled">Ends it.</param>
    /// <returns>What became of the words that were set over it.</returns>
    /// <exception cref="MediaException">A step does not fit, a file can't be decoded, or the disk is full.</exception>
    public async Task<IReadOnlyList<TextResult>> RenderAsync(
        RecipeRequest request,
        ClipSource source,
        string? picturePath,
        string outputPath,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        if (picturePath is null)
        {
            return await renderer.RenderAsync(
                source,
                outputPath,
                request.Quality,
                request.Comment,
                request.Delivery,
                work,
                jobCancelled);
        }
        await renderer.RenderSoundAsync(source, picturePath, outputPath, request.Comment, work, jobCancelled);
        return [];
    }
}

using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Checking;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Clips.Spoken;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;

namespace McpI2V.Providers.Local;

/// <summary>Clips rendered from their master by a recipe, in one encode.</summary>
public sealed class LocalRecipes(MediaLibrary library, Recipes recipes, RecipeRender renders, MediaProbe probe, ClipChecks checks)
{
    /// <summary>Looks that everything is there that the recipe reads, before it is written down.</summary>
    /// <exception cref="I2VException">A file was deleted.</exception>
    public async Task<IReadOnlyList<string>> ReviewAsync(RecipeRequest request, CancellationToken callCancelled)
    {
        var clip = request.Clip is { } handle ? library.Find(handle) : null;
        // What the job before makes is not there yet.
        var steps = clip is null ? request.Operations : request.RecipeOf(clip);
        JsonArray own = [.. steps.Where(s => !IsMadeBefore(s!)).Select(s => s!.DeepClone())];
        await recipes.RequireFilesAsync(clip, own, callCancelled);
        return [];
    }

    /// <summary>Renders the clip.</summary>
    public async Task<IReadOnlyList<ProducedFile>> PerformAsync(
        Job job,
        RecipeRequest request,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        if (request.IsCopyOfBefore == true)
        {
            return await CopyAsync(Before(job), job, work, jobCancelled);
        }
        var clip = request.Clip is { } handle ? library.Find(handle) : Before(job);
        var made = request.Operations.Any(s => IsMadeBefore(s!)) ? Before(job) : null;
        foreach (var step in request.Operations.Where(s => IsMadeBefore(s!)))
        {
            await PutAsync(step!, made!, clip, jobCancelled);
        }
        var steps = request.RecipeOf(clip);
        await using var held = library.Hold();
        var source = await held.PlanAsync(files => recipes.SourceOfWhole(clip, steps, files: files), jobCancelled);
        var shape = source.Result();
        var path = work.At("clip.mp4");
        var picture = renders.KeepsPicture(request, clip, steps) ? await held.PathOfAsync(clip, jobCancelled) : null;
        var texts = await renders.RenderAsync(request, source, picture, path, work, jobCancelled);
        var facts = await probe.ClipAsync(path, MediaFormat.Mp4, jobCancelled);
        return
        [
            new ProducedFile
            {
                Path = path,
                Format = MediaFormat.Mp4,
                Size = facts.Size,
                Duration = shape.Duration,
                FramesPerSecond = request.Delivery?.FramesPerSecond(shape.FramesPerSecond) ?? shape.FramesPerSecond,
                HasAudio = facts.AudioCodec is not null,
                Tags = facts.Tags,
                Title = job.Title,
                Operation = request.Operation,
                Parent = clip.Handle,
                Before = BeforeOf(request),
                Inputs = [clip.Handle.ToString(), .. request.Further, .. made is null ? Array.Empty<string>() : [made.Handle.ToString()]],
                Prompt = clip.Prompt,
                Seed = clip.Seed,
                Master = recipes.MasterOf(clip).Handle,
                Recipe = steps,
                Subtitles = request.Operation == "export" ? await SubtitlesAsync(source, work, jobCancelled) : null,
                Checks = picture is null
                    ?
                    [
                        .. await checks.LookAsync(path, MediaFormat.Mp4, facts, work, jobCancelled) is { } found
                            ? ClipChecks.Judge(found, facts, shouldMove: false)
                            : [],
                        .. TextChecks.Of(texts),
                    ]
                    : await checks.HearAsync(clip.Checks, path, MediaFormat.Mp4, facts, work, jobCancelled),
            },
        ];
    }

    private static async Task<string?> SubtitlesAsync(ClipSource source, MediaWork work, CancellationToken jobCancelled)
    {
        if (Subtitles.Of(source) is not { } text)
        {
            return null;
        }
        await File.WriteAllTextAsync(work.At("clip.srt"), text, jobCancelled);
        return work.At("clip.srt");
    }

    private async Task<IReadOnlyList<ProducedFile>> CopyAsync(Asset made, Job job, MediaWork work, CancellationToken jobCancelled)
    {
        await using var held = library.Hold();
        var path = work.At("clip.mp4");
        var source = await held.PlanAsync(files => recipes.SourceOfWhole(made, made.Recipe, files: files), jobCancelled);
        File.Copy(await held.PathOfAsync(made, jobCancelled), path, overwrite: true);
        return
        [
            ProducedFile.CopyOf(made, path, job.Title) with { Subtitles = await SubtitlesAsync(source, work, jobCancelled) },
        ];
    }

    // A film is made of several clips, none of which it was before.
    private static AssetHandle? BeforeOf(RecipeRequest request) =>
        AssetHandle.TryParse(request.Before ?? (request.Operation == "assemble" ? null : request.Clip), out var before) ? before : null;

    private static bool IsMadeBefore(JsonNode step) => Laid(step) || step["cues"]?.ToString() == RecipeRequest.MadeBefore;

    private static bool Laid(JsonNode step) => step["audio"]?.ToString() == RecipeRequest.MadeBefore;

    // A sound is laid, of words that were heard the cues are set.
    private async Task PutAsync(JsonNode step, Asset made, Asset clip, CancellationToken jobCancelled)
    {
        if (Laid(step))
        {
            step["audio"] = made.Handle.ToString();
            return;
        }
        var cues = await recipes.KnownCuesAsync(made, "captions", jobCancelled)
            ?? throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"No words were heard in {clip.Handle}, so there is nothing to caption. Hearing it is paid. If somebody speaks in it, " +
                    "give the words as cues of captions.",
                "operations");
        recipes.RequireCues(cues, "captions");
        step["cues"] = cues;
    }

    private Asset Before(Job job) => library.Assets.OfJob(job.After ?? 0) is [var made, ..]
        ? made
        : throw new I2VException(ErrorCode.NotFound,
            $"The clip that {Job.NameOf(job.After ?? 0)} made for this edit is not there any more. Make the same call again.");
}

using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips.Rendering;

/// <summary>Lets the steps of a recipe that must look at the clip do so, before the render that needs what they find.</summary>
public sealed class ClipAnalyser(FfmpegRunner ffmpeg, FfmpegFilters filters, IAnalysisCache cache, TextSetter texts)
{
    /// <summary>How many steps look at a clip, those of appended clips too.</summary>
    internal static int Count(ClipSource source) => Looks(source).Count();

    /// <summary>Looks, step by step: a later one sees the clip as the earlier ones leave it.</summary>
    /// <exception cref="MediaException">
    /// ffmpeg lacks a filter that a step needs, the clip can't be decoded, or the disk is full.
    /// </exception>
    internal async Task<ClipAnalyses> AnalyseAsync(ClipSource source, MediaWork work, CancellationToken cancellationToken)
    {
        foreach (var step in Steps(source))
        {
            await filters.RequireAsync(step.Name, step.Filters, cancellationToken);
        }
        var analyses = new ClipAnalyses();
        var pass = 0;
        foreach (var (clip, index) in Looks(source))
        {
            if (clip.Recipe[index] is IAnalysingOperation looking)
            {
                var before = clip with { Recipe = [.. clip.Recipe.Take(index)] };
                await AnalyseAsync(before, looking, analyses, work.Part(pass++, Count(source) + 1), cancellationToken);
            }
            else
            {
                await texts.SetAsync(clip, index, analyses, work, cancellationToken);
            }
        }
        return analyses;
    }

    private async Task AnalyseAsync(
        ClipSource before,
        IAnalysingOperation step,
        ClipAnalyses analyses,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var graph = new RecipeGraph(new FfmpegCommand(), work, analyses);
        var clip = graph.Add(before);
        foreach (var other in step.LooksAtClips)
        {
            graph.Add(other);
        }
        var key = await graph.FingerprintAsync(
            $"{step.AnalysisName}\n{await ffmpeg.VersionAsync(cancellationToken)}",
            step.OnlyListens ? clip.Audio : null,
            step.LooksAtFiles,
            cancellationToken);
        var analysis = new ClipAnalysis(ffmpeg, before, analyses, work, "analysis-" + key);
        if (!cache.TryFetch(key, analysis.ResultPath) || !step.IsWhole(analysis.ResultPath, analysis.Shape))
        {
            await step.AnalyseAsync(analysis, cancellationToken);
            if (!step.IsWhole(analysis.ResultPath, analysis.Shape))
            {
                throw new MediaException(MediaFault.StorageFull, $"What {step.Name} found out about the clip could not be written " +
                    "whole; the disk is probably full. Free some space and ask again; local renders cost nothing.");
            }
            cache.Keep(key, analysis.ResultPath);
        }
        analyses.Add(step, analysis.ResultName);
        analyses.Say(step.Notes(analysis.ResultPath));
    }

    private static IEnumerable<IClipOperation> Steps(ClipSource source) =>
        source.Recipe.SelectMany(step => step.Clips.SelectMany(Steps).Append(step));

    private static IEnumerable<(ClipSource Clip, int Step)> Looks(ClipSource source)
    {
        var shapes = source.Shapes();
        foreach (var (index, step) in source.Recipe.Index())
        {
            foreach (var look in step.Clips.SelectMany(Looks))
            {
                yield return look;
            }
            if (step is ISettingOperation or IPlacedOperation || (step is IAnalysingOperation looking && looking.MustLookAt(shapes[index])))
            {
                yield return (source, index);
            }
        }
    }
}

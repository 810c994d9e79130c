using McpI2V.Media.Text.Layers;
using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Placing;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Stills;

/// <summary>Sets the texts of a still, each clear of what it shows and of those before.</summary>
internal static class StillTexts
{
    /// <summary>Has them drawn; null where nothing draws here.</summary>
    /// <param name="ffmpeg">Looks at the picture.</param>
    /// <param name="drawer">Draws.</param>
    /// <param name="composition">The still.</param>
    /// <param name="picture">Adds the picture without its texts to a graph.</param>
    /// <param name="work">Where files go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<SetText>?> SetAsync(
        FfmpegRunner ffmpeg,
        TextDrawer drawer,
        StillComposition composition,
        Func<RecipeGraph, Task<string>> picture,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        if (composition.Texts.Count == 0 || TextDrawer.Missing is not null)
        {
            return null;
        }
        const string pictures = "still-look";
        var size = SmallFrames.SizeFor(composition.Size);
        var command = new FfmpegCommand();
        var graph = new RecipeGraph(command, work);
        var small = graph.Chain(
            await picture(graph),
            $"scale={size.Width}:{size.Height}:flags=area:in_color_matrix=bt601:in_range=pc,format=rgb24");
        await ffmpeg.RenderStillAsync(graph.FinishLook(small, 1), work.At(pictures), work, cancellationToken);
        List<SetText> set = [];
        List<TakenArea> taken = [];
        foreach (var (i, cue) in composition.Texts.Index())
        {
            var order = new TextOrder
            {
                Frame = composition.Size,
                Cues = [new OrderedCue(cue.Text, 0, 1)],
                Look = cue.Look,
                Position = cue.Position,
                Pictures = pictures,
                PictureSize = size,
                Taken = [.. taken],
                Output = FormattableString.Invariant($"text-{i}.mkv"),
                Pixels = LayerPixels.Whole,
            };
            if (await drawer.DrawAsync(order, work, cancellationToken) is not { } result)
            {
                return null;
            }
            set.Add(new SetText(order.Output, result));
            taken.AddRange(result.Taken);
        }
        return set;
    }
}

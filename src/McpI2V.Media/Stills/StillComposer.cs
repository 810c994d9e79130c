using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Stills;

/// <summary>Renders a composition to a JPEG.</summary>
public sealed class StillComposer(FfmpegRunner ffmpeg, TextDrawer texts)
{
    private readonly StillFocus focus = new(ffmpeg);

    // JPEG viewers assume bt601 at full range.
    private const string Whole = "scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd:sws_dither=bayer,format=yuvj444p";

    /// <summary>Renders to a file.</summary>
    /// <exception cref="MediaException">A picture can't be decoded, ffmpeg failed, or the disk is full.</exception>
    /// <returns>What became of its texts.</returns>
    public async Task<IReadOnlyList<TextResult>> RenderAsync(
        StillComposition composition,
        string outputPath,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        if (composition is { Picture: { } picture, Fit: CanvasFit.Crop, Focus: { X: null, Y: null } }
            && await focus.FindAsync(picture, composition.Size, composition.Zoom, TitleAt(composition), work, cancellationToken)
                is { } window)
        {
            composition = composition with { Focus = (window.X, window.Y) };
        }
        if (composition is { Picture: { } extended, Fit: CanvasFit.ExtendColour } && NeedsMore(extended.Size, composition.Size))
        {
            var isWide = extended.Size.Ratio > composition.Size.Ratio;
            composition = composition with { HasCalmSides = await focus.HasCalmSidesAsync(extended, isWide, work, cancellationToken) };
        }
        Task<string> Picture(RecipeGraph into) => PictureAsync(into, composition, work, cancellationToken);
        var set = await StillTexts.SetAsync(ffmpeg, texts, composition, Picture, work, cancellationToken);
        var command = new FfmpegCommand();
        var graph = new RecipeGraph(command, work);
        var video = await Picture(graph);
        if (set is not null)
        {
            video = graph.Chain(video, "scale=in_color_matrix=bt601:in_range=pc:flags=accurate_rnd,format=gbrp");
            foreach (var text in set)
            {
                video = text.Result.Place is { } place ? graph.LayOnStill(video, text.Layer, place) : video;
            }
            video = graph.Chain(video, Whole);
        }
        else if (composition.Texts.Count > 0)
        {
            video = graph.Chain(video, AssDocument.WriteFilter(composition.Texts, composition.Size, work, "text"));
        }
        command.Output(
            "-map",
            $"[{video}]",
            "-frames:v",
            "1",
            "-q:v",
            "2",
            "-map_metadata",
            "-1",
            "-fflags",
            "+bitexact",
            "-f",
            "image2",
            "-update",
            "1");
        graph.WriteTo(command);
        await ffmpeg.RenderStillAsync(command, outputPath, work, cancellationToken);
        if (composition.Comment is { } comment)
        {
            await JpegComment.WriteAsync(outputPath, comment, cancellationToken);
        }
        return [.. (set ?? []).Select(t => t.Result)];
    }

    private static TextPosition? TitleAt(StillComposition composition) =>
        composition.Texts.Select(t => t.Position).Distinct().ToList() is [var one] ? one : null;

    // All but the texts, which are set when it is known what it shows.
    private async Task<string> PictureAsync(
        RecipeGraph graph,
        StillComposition composition,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var video = Background(graph, composition);
        foreach (var cutOut in composition.CutOuts)
        {
            var bounds = cutOut.Shadow || cutOut.Reflection
                ? await AlphaBounds.MeasureAsync(ffmpeg, cutOut.Still, work, cancellationToken)
                : AlphaBounds.Whole;
            video = Place(graph, video, cutOut, bounds, composition.Size);
        }
        return graph.Chain(video, $"{composition.Grade?.Colouring(work, hasAlpha: false)}{Whole}{composition.Grade?.Finishing}");
    }

    private static string Background(RecipeGraph graph, StillComposition composition)
    {
        var size = composition.Size;
        if (composition.Picture is not { } picture)
        {
            return composition.Backdrop.Picture is { } behind
                ? Filled(graph, graph.AddStillFrame(behind), size, composition.Focus)
                : Painted(graph, composition.Backdrop, size);
        }
        var opened = graph.AddStillFrame(picture);
        return composition.Fit switch
        {
            CanvasFit.ExtendBlur => Reframed(graph, opened, size),
            CanvasFit.ExtendMirror => Mirrored(graph, opened, picture.Size, size),
            CanvasFit.ExtendColour when NeedsMore(picture.Size, size) =>
                EdgeFill.Around(graph, Inside(graph, opened, size), picture.Size, size, composition.HasCalmSides),
            CanvasFit.Pad => graph.Chain(
                [Painted(graph, composition.Backdrop, size), Inside(graph, opened, size)],
                "overlay=(W-w)/2:(H-h)/2:format=auto"),
            _ => Filled(graph, opened, size, composition.Focus, composition.Zoom),
        };
    }

    // A strip of a pixel or two is a flaw, and nobody misses what a crop takes there.
    private static bool NeedsMore(PixelSize picture, PixelSize size) => Math.Abs((picture.Ratio / size.Ratio) - 1) > 0.01;

    private static string Painted(RecipeGraph graph, Backdrop backdrop, PixelSize size) => backdrop.Bottom is { } bottom
        ? graph.Chain(
            [],
            $"gradients=s={size}:d=1:n=2:c0={backdrop.Top.Hex}:c1={bottom.Hex}:x0=0:y0=0:x1=0:y1={size.Height - 1}:speed=0.00001," +
                "format=rgba")
        : graph.Chain([], $"color=c={backdrop.Top.Hex}:s={size}:d=1,format=rgba");

    private static string Filled(RecipeGraph graph, string picture, PixelSize size, (double? X, double? Y) focus, double zoom = 1) =>
        graph.Chain(
            picture,
            $"scale={(int)Math.Ceiling(size.Width * zoom)}:{(int)Math.Ceiling(size.Height * zoom)}:" +
                $"force_original_aspect_ratio=increase:flags=lanczos,crop={size.Width}:{size.Height}:" +
                $"(iw-ow)*{FfmpegCommand.Number(focus.X ?? 0.5)}:(ih-oh)*{FfmpegCommand.Number(focus.Y ?? 0.5)},setsar=1");

    private static string Inside(RecipeGraph graph, string picture, PixelSize size) =>
        graph.Chain(
            picture,
            $"scale={size.Width}:{size.Height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos,setsar=1");

    private static string Reframed(RecipeGraph graph, string picture, PixelSize size)
    {
        var (behind, front) = graph.Twice(picture);
        var blurred = graph.Chain(
            Filled(graph, behind, size, (0.5, 0.5)),
            $"scale=iw/4:ih/4,gblur=sigma=14,scale={size.Width}:{size.Height}:flags=bicubic");
        return graph.Chain([blurred, Inside(graph, front, size)], "overlay=(W-w)/2:(H-h)/2:format=auto");
    }

    // The picture in the middle, its mirror image on both sides, and so on until the frame is full.
    private static string Mirrored(RecipeGraph graph, string picture, PixelSize picturesSize, PixelSize size)
    {
        var tall = picturesSize.Ratio > size.Ratio;
        var inside = Inside(graph, picture, size);
        var covered = tall ? size.Width / picturesSize.Ratio / size.Height : size.Height * picturesSize.Ratio / size.Width;
        var perSide = (int)Math.Ceiling(((1 / covered) - 1) / 2);
        if (perSide == 0)
        {
            return graph.Chain(inside, $"scale={size.Width}:{size.Height}");
        }
        var labels = Enumerable.Range(0, (2 * perSide) + 1).Select(_ => graph.NewLabel()).ToList();
        graph.Raw($"[{inside}]split={labels.Count}{string.Concat(labels.Select(l => $"[{l}]"))}");
        var pieces = labels.Select((label, i) => (i - perSide) % 2 == 0 ? label : graph.Chain(label, tall ? "vflip" : "hflip"));
        return graph.Chain(
            pieces.ToList(),
            $"{(tall ? "vstack" : "hstack")}=inputs={labels.Count},crop=min(iw\\,{size.Width}):min(ih\\,{size.Height})," +
                $"scale={size.Width}:{size.Height}");
    }

    private static string Place(RecipeGraph graph, string under, PlacedCutOut cutOut, AlphaBounds bounds, PixelSize size)
    {
        var height = Math.Max(2, (int)Math.Round(size.Height * cutOut.Height));
        var width = Math.Max(2, (int)Math.Round(height * cutOut.Still.Size.Ratio));
        var opened = graph.Chain(graph.AddStillFrame(cutOut.Still), $"scale={width}:{height}:flags=lanczos");
        var left = (int)Math.Round((size.Width * cutOut.CentreX) - (width / 2.0));
        var top = (int)Math.Round((size.Height * cutOut.CentreY) - (height / 2.0));
        var ground = new Ground(graph, bounds, new PixelSize(width, height), left, top);
        if (cutOut.Reflection)
        {
            (under, opened) = ground.Reflect(under, opened);
        }
        if (cutOut.Shadow)
        {
            (under, opened) = ground.Shade(under, opened);
        }
        return graph.Chain([under, opened], $"overlay={left}:{top}:format=auto");
    }
}

using McpI2V.Engine;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Checking;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.CutOuts;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;
using McpI2V.Media.Stills;
using McpI2V.Media.Text;

namespace McpI2V.Providers.Local;

/// <summary>Stills composed from given pictures; from a prompt alone, a storyboard frame that says it is one.</summary>
public sealed class LocalStills(MediaLibrary library, StillComposer composer, CutOutMaker cutter, MediaProbe probe)
{
    private const string BackdropOption = "backdrop";
    private const string PlaceholderNote = "Storyboard placeholder, not a generated picture";

    /// <summary>Checks a request before it is written down.</summary>
    /// <exception cref="I2VException">It can't be composed here.</exception>
    public async Task<IReadOnlyList<string>> ReviewAsync(StillRequest still, CancellationToken callCancelled)
    {
        var composition = await library.CheckAsync(files => Compose(still, files), callCancelled);
        return Engine.Library.StillAdvice.Enlarged(composition.Enlargement) is { Ok: false } much
            ? [$"{string.Join(" and ", still.From)}: {much.Advice}."]
            : [];
    }

    /// <summary>Renders the still.</summary>
    public async Task<IReadOnlyList<ProducedFile>> PerformAsync(
        Job job,
        StillRequest still,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        var path = work.At("still.jpg");
        await using var held = library.Hold();
        var composition = await held.PlanAsync(files => Compose(still, files), jobCancelled);
        var cut = await CutOutAsync(composition.CutFrom, work, jobCancelled);
        if (cut is not null && !still.Options.ContainsKey(BackdropOption))
        {
            return [await CutOutAsync(job, still, cut, work, jobCancelled)];
        }
        composition = cut is null ? composition : composition.With(cut.Source);
        var texts = await composer.RenderAsync(composition, path, work, jobCancelled);
        var facts = await probe.StillAsync(path, MediaFormat.Jpeg, work, jobCancelled);
        return
        [
            new ProducedFile
            {
                Path = path,
                Format = MediaFormat.Jpeg,
                Size = facts.Size,
                Title = job.Title,
                Operation = still.From.Length == 0 ? "placeholder" : "generate",
                Parent = still.From.Length == 0 ? null : library.Find(still.From[0]).Handle,
                Inputs = still.From,
                Prompt = still.Prompt,
                Seed = still.Seed,
                Checks =
                [
                    .. Engine.Library.StillAdvice.Checks(facts),
                    Engine.Library.StillAdvice.Enlarged(composition.Enlargement),
                    .. TextChecks.Of(texts),
                    .. cut is null ? [] : CutOutAdvice.Checks(cut.Result),
                ],
                Colours = facts.Colours,
            },
        ];
    }

    private async Task<ProducedFile> CutOutAsync(Job job, StillRequest still, CutOut cut, MediaWork work, CancellationToken jobCancelled)
    {
        var facts = await probe.StillAsync(cut.Source.Path, MediaFormat.Png, work, jobCancelled);
        return new ProducedFile
        {
            Path = cut.Source.Path,
            Format = MediaFormat.Png,
            Size = facts.Size,
            HasAlpha = true,
            Title = job.Title,
            Operation = "cutout",
            Parent = library.Find(still.From[0]).Handle,
            Inputs = still.From,
            Prompt = still.Prompt,
            Seed = still.Seed,
            Checks = CutOutAdvice.Checks(cut.Result),
            Colours = facts.Colours,
        };
    }

    private async Task<CutOut?> CutOutAsync(StillSource? photo, MediaWork work, CancellationToken jobCancelled)
    {
        if (photo is null)
        {
            return null;
        }
        var path = work.At("cutout.png");
        var result = await cutter.MakeAsync(photo, path, work, jobCancelled);
        return new CutOut(new StillSource(path, MediaFormat.Png, result.Size, 1, HasAlpha: true), result);
    }

    private sealed record CutOut(StillSource Source, CutOutResult Result);

    private StillComposition Compose(StillRequest still, IAssetPaths files)
    {
        var size = new PixelSize(still.Width, still.Height);
        return IsPlaceholder(still) ? Placeholder(still, size) : FromPictures(still, size, files);
    }

    private static bool IsPlaceholder(StillRequest still) => still is { From.Length: 0, IsOfBefore: not true };

    private StillComposition Placeholder(StillRequest still, PixelSize size)
    {
        LocalOptions.Read(still.Options, library, library, _ => true);
        return new()
        {
            Size = size,
            Backdrop = new Backdrop(new Colour(64, 72, 88), new Colour(24, 27, 34), null),
            Texts =
            [
                new TextCue("STORYBOARD", TimeSpan.Zero, TimeSpan.FromHours(1), TextPosition.Top, TextStyle.Boxed),
                new TextCue(
                    still.Prompt.Length <= 280 ? still.Prompt : still.Prompt[..277] + "...",
                    TimeSpan.Zero,
                    TimeSpan.FromHours(1),
                    TextPosition.Center,
                    TextStyle.Caption),
                new TextCue(PlaceholderNote, TimeSpan.Zero, TimeSpan.FromHours(1), TextPosition.Bottom, TextStyle.Small),
            ],
            Comment = PlaceholderNote + ". Prompt: " + still.Prompt,
        };
    }

    private StillComposition FromPictures(StillRequest still, PixelSize size, IAssetPaths files)
    {
        var pictures = still.From.Select(library.Find).ToList();
        var opaque = pictures.Where(p => !p.HasAlpha).ToList();
        if (opaque.Count > 1)
        {
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"from names {opaque.Count} photographs, and local:still combines one photograph with transparent cut-outs. " +
                    "Pass one, or PNGs with transparency; photographs are combined by generative models " +
                    "(list_models with kind image_edit). Nothing was spent.",
                "from");
        }
        return LocalOptions.Read(still.Options, library, files, reader =>
        {
            var height = reader.Number("cutout_height", 0.05, 1) ?? 0.62;
            var (x, y) = (reader.Number("cutout_x", 0, 1) ?? 0.5, reader.Number("cutout_y", 0, 1) ?? 0.55);
            var shadow = !reader.Has("shadow") || reader.Flag("shadow");
            var reflection = reader.Flag("reflection");
            var zoom = reader.Number("zoom", 1, 4) ?? 1;
            var fit = reader.Choice("fit", CanvasFit.Crop);
            if (zoom > 1 && (fit != CanvasFit.Crop || opaque.Count == 0))
            {
                throw OperationReader.Fault("zoom crops closer into a photograph, with fit crop; for a cut-out give cutout_height");
            }
            var isCutOut = reader.Flag("cutout");
            if (isCutOut && opaque.Count == 0)
            {
                throw OperationReader.Fault("cutout takes the subject out of a photograph: give one in from");
            }
            var text = reader.Text("text", 300);
            var textPosition = reader.Choice("text_position", TextPosition.Bottom);
            var textStyle = reader.Choice("text_style", TextStyle.Bold);
            return new StillComposition
            {
                Size = size,
                Picture = opaque.Count == 1 && !isCutOut ? files.StillOf(opaque[0]) : null,
                CutFrom = isCutOut ? files.StillOf(opaque[0]) : null,
                CutOutPlace = new(height, x, y, shadow, reflection),
                Fit = fit,
                Zoom = zoom,
                Focus = (reader.Number("focus_x", 0, 1), reader.Number("focus_y", 0, 1)),
                Backdrop = LocalOptions.Backdrop(reader, BackdropOption) ?? Backdrop.Studio,
                CutOuts = [.. pictures
                    .Where(p => p.HasAlpha)
                    .Select(p => new PlacedCutOut(files.StillOf(p), Bounded(height, p, size), x, y, shadow, reflection))],
                Grade = GradeMembers.Of(reader),
                Texts = string.IsNullOrWhiteSpace(text)
                    ? []
                    : [new TextCue(text, TimeSpan.Zero, TimeSpan.FromHours(1), textPosition, textStyle)],
            };
        });
    }

    // A wide cut-out is bounded by the frame's width, a tall one by the height that was asked for.
    private static double Bounded(double height, Asset cutOut, PixelSize frame) =>
        Math.Min(height, 0.9 * frame.Width / cutOut.Size.Ratio / frame.Height);
}

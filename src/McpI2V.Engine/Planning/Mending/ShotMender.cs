using System.Globalization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Planning.Mending;

/// <summary>
/// Finds the model for a shot, and where only the still's ratio, the length or the size is in the way, mends that: what is asked of a
/// generative model is never turned into a camera move.
/// </summary>
public sealed class ShotMender(ModelRouter router, StillExtension extension, MediaLibrary library)
{
    private const int MostShapes = 3;

    /// <summary>The shot as it can be made, by the least change.</summary>
    /// <param name="model">A name, or null: the router chooses. A model that is named keeps the length and the size that were asked for:
    /// whoever names it is told what it makes.</param>
    /// <param name="request">The shot as it was asked for.</param>
    /// <param name="mostUsd">What it may cost; null: no bound of its own.</param>
    /// <param name="tool">The tool that asks.</param>
    /// <exception cref="I2VException">No model can make it; the reason is what stands in the way when all else is mended.</exception>
    public MendedShot Mend(string? model, AnimateRequest request, decimal? mostUsd, string tool)
    {
        var need = request.Need(library);
        if (router.Find(model, need, mostUsd) is { } fitting)
        {
            return new MendedShot(request, fitting, null, []);
        }
        var candidates = router.Candidates(model, need);
        var ways = candidates.All(m => m.IsEmbedded) ? [] : Ways(request, need, candidates, ModelRouter.IsAuto(model));
        foreach (var way in ways)
        {
            if (router.Find(model, way.Need(library), mostUsd) is { } route)
            {
                return Mended(request, way, route, mostUsd, tool);
            }
        }
        throw Refusal(model, [request, .. ways], candidates);
    }

    private MendedShot Mended(AnimateRequest asked, AnimateRequest way, Route route, decimal? mostUsd, string tool)
    {
        List<string> said = [];
        var image = library.Find(asked.Image);
        var extended = way.IsExtendedBefore == true
            ? extension.Of(image, way, mostUsd - route.EstimateUsd, tool)
            : null;
        if (extended is not null)
        {
            var why = asked.AspectRatio == way.AspectRatio ? $"{way.AspectRatio} was asked for" : $"{route.Model.Alias} makes " +
                $"{string.Join(", ", route.Model.AspectRatios.Where(r => r != "source"))}";
            said.Add($"{image.Handle} is {image.Size} and {why}: {StillExtension.InWords(extended)}, and the extended still is animated.");
        }
        if (way.DurationSeconds != asked.DurationSeconds)
        {
            said.Add(string.Create(CultureInfo.InvariantCulture, $"duration_seconds is {asked.DurationSeconds:0.###}, which no model " +
                $"that is configured makes: {way.DurationSeconds:0.###} s, the nearest, by {route.Model.Alias}."));
        }
        if (way.Resolution != asked.Resolution)
        {
            said.Add($"resolution is {asked.Resolution}, which no model that is configured makes: {way.Resolution}, the nearest, " +
                $"by {route.Model.Alias}.");
        }
        return new MendedShot(way, extended is null ? route : NoDearer(route), extended, said);
    }

    // What the call may cost is told of the extension and the clip together: neither goes on to what is dearer.
    private static Route NoDearer(Route route) => route with
    {
        Next = [.. route.Next.Select(n => n with { OnlyIfAsked = n.OnlyIfAsked || n.EstimateUsd > route.EstimateUsd })],
    };

    // The least changed first: each of shape, length and size as it was asked for, then as it can be made.
    private List<AnimateRequest> Ways(AnimateRequest request, ModelNeed need, IReadOnlyList<ModelEntry> candidates, bool isAuto)
    {
        var shapes = Shapes(request, candidates);
        var lengths = isAuto ? Lengths(need, candidates) : [];
        var sizes = isAuto ? Resolutions(need, candidates) : [];
        return
        [
            .. from size in sizes.Prepend(request.Resolution)
               from length in lengths.Prepend(request.DurationSeconds)
               from shape in shapes.Prepend(request)
               let way = shape with { DurationSeconds = length, Resolution = size }
               where way != request
               orderby Changes(request, way), IsUnasked(request, way)
               select way,
        ];
    }

    private static int Changes(AnimateRequest asked, AnimateRequest way) =>
        (way.IsExtendedBefore == asked.IsExtendedBefore ? 0 : 1)
        + (way.DurationSeconds == asked.DurationSeconds ? 0 : 1)
        + (way.Resolution == asked.Resolution ? 0 : 1);

    // A still is turned into another shape for want of another way only.
    private static bool IsUnasked(AnimateRequest asked, AnimateRequest way) =>
        way.IsExtendedBefore == true && way.AspectRatio != asked.AspectRatio;

    // The ratio that was asked for; where none was, those of the models that are nearest to the still's own.
    private List<AnimateRequest> Shapes(AnimateRequest request, IReadOnlyList<ModelEntry> candidates)
    {
        var image = library.Find(request.Image);
        if (request.Fit is not null)
        {
            return [];
        }
        if (AspectRatio.TryParse(request.AspectRatio, out var asked))
        {
            return ModelFit.IsSameRatio(asked.Value, image.Size.Ratio) ? [] : [Extended(request, asked)];
        }
        return
        [
            .. candidates
                .SelectMany(m => m.AspectRatios)
                .Distinct(StringComparer.Ordinal)
                .Where(r => r != "source")
                .Select(r => AspectRatio.TryParse(r, out var ratio) ? ratio : default)
                .Where(r => r.Width > 0)
                .OrderBy(r => Math.Abs(Math.Log(r.Value / image.Size.Ratio)))
                .Take(MostShapes)
                .Select(r => Extended(request, r)),
        ];
    }

    private static AnimateRequest Extended(AnimateRequest request, AspectRatio ratio)
    {
        var size = ratio.SizeWithShortSide(Math.Min(request.Width, request.Height));
        return request with
        {
            AspectRatio = ratio.ToString(),
            Width = size.Width,
            Height = size.Height,
            IsExtendedBefore = true,
        };
    }

    private static List<double?> Lengths(ModelNeed need, IReadOnlyList<ModelEntry> candidates) => need.DurationSeconds is not { } wanted
        ? []
        :
        [
            .. candidates
                .Select(m => m.DurationsSeconds)
                .OfType<DurationRange>()
                .Select(r => r.Only is { Length: > 0 } list ? list.MinBy(d => Math.Abs(d - wanted)) : Math.Clamp(wanted, r.Min, r.Max))
                .Where(d => d != wanted)
                .Distinct()
                .OrderBy(d => Math.Abs(d - wanted))
                .Select(d => (double?)d),
        ];

    private static List<string?> Resolutions(ModelNeed need, IReadOnlyList<ModelEntry> candidates) =>
        !Resolution.TryParse(need.Resolution, out var wanted)
            ? []
            :
            [
                .. candidates
                    .SelectMany(m => m.Resolutions)
                    .Distinct(StringComparer.Ordinal)
                    .Where(r => r != need.Resolution && Resolution.TryParse(r, out _))
                    .OrderBy(r => Math.Abs((Resolution.TryParse(r, out var known) ? known.ShortSide : 0) - wanted.ShortSide))
                    .Cast<string?>(),
            ];

    // Told of the request as it was asked for, or of the way that leads furthest.
    private I2VException Refusal(string? model, IReadOnlyList<AnimateRequest> ways, IReadOnlyList<ModelEntry> candidates)
    {
        var nearest = ways.MinBy(w => Candidate.Judge(candidates, w.Need(library)).Min(c => c.Fit.Lacks.Count))!;
        try
        {
            router.Choose(model, nearest.Need(library));
        }
        catch (I2VException e)
        {
            return e;
        }
        throw new InvalidOperationException($"nothing stands in the way of {nearest.Image}");
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Planning.Mending;

/// <summary>Brings a still to another ratio as a step of its own: by an image model where one is cheap, else by blurred edges.</summary>
public sealed class StillExtension(ModelRouter router, MediaLibrary library)
{
    // A tenth of a usual clip: what a picture more may cost without a word of the user.
    private const decimal CheapUsd = 0.05m;
    private const string Blurred = "extend_blur";
    private const string Composer = "local-still";

    /// <summary>The job that extends a still to a shot's ratio.</summary>
    /// <param name="image">The still.</param>
    /// <param name="shot">The shot, at the ratio.</param>
    /// <param name="leftUsd">What the call may cost besides the shot; null: no bound of its own.</param>
    /// <param name="tool">The tool that asks.</param>
    public NewJob Of(Asset image, AnimateRequest shot, decimal? leftUsd, string tool)
    {
        var painted = Request(image, shot, $"Extend this picture to {shot.AspectRatio}: go on with its surroundings at the edges, in " +
            "the same light and style. Keep everything that is in it as it is, and whole.", []);
        var most = leftUsd < CheapUsd ? leftUsd.Value : CheapUsd;
        var title = $"extended to {shot.AspectRatio!.Replace(':', 'x')}";
        if (shot.Quality != EncodeQuality.Draft && router.Cheapest(painted.Need(library), most) is { } route)
        {
            return NewJob.For(tool, title, painted, route);
        }
        var blurred = Request(image, shot, "", new JsonObject { ["fit"] = Blurred });
        return NewJob.For(tool, title, blurred, router.Choose(Composer, blurred.Need(library)));
    }

    /// <summary>What is done, for the line that tells of it.</summary>
    public static string InWords(NewJob extension) => extension.EstimatedCostUsd > 0
        ? $"it is extended first by {extension.Model} (${extension.EstimatedCostUsd.ToString("0.00##", CultureInfo.InvariantCulture)}; " +
            $"options.fit {Blurred}, crop or pad does it for nothing)"
        : "it is extended first with blurred edges (free; generate_still with from and aspect_ratio paints them)";

    private static StillRequest Request(Asset image, AnimateRequest shot, string prompt, JsonObject options) => new()
    {
        Prompt = prompt,
        From = [image.Handle.ToString()],
        AspectRatio = shot.AspectRatio,
        Width = shot.Width,
        Height = shot.Height,
        Quality = shot.Quality,
        Options = options,
    };
}

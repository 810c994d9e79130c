using McpI2V.Engine.Generation;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Geometry;
using McpI2V.Media.Stills;

namespace McpI2V.Engine.Planning;

/// <summary>What is said alike of every clip that is made of a still, one or a batch.</summary>
public static class ShotPlan
{
    /// <summary>The camera where neither words nor a preset name one.</summary>
    public static CameraChoice UsualCamera { get; } = new(Media.Camera.CameraMove.PushIn, 0.35);

    /// <summary>Advice on a shot: on its still always, on its words where a model reads them.</summary>
    /// <param name="shot">The request.</param>
    /// <param name="said">The user's own words, without those of a preset.</param>
    /// <param name="route">Who makes it, at which size.</param>
    /// <param name="image">The still.</param>
    /// <param name="end">The last frame; null: none.</param>
    /// <param name="elements">Names of elements, which the still's subject may have.</param>
    public static IReadOnlyList<string> Advice(
        AnimateRequest shot,
        string said,
        Route route,
        Asset image,
        Asset? end,
        IEnumerable<string> elements)
    {
        var scene = image.Prompt ?? image.Title;
        CameraMove? camera = shot.NamesCamera ? shot.Move : null;
        var isWhole = shot.IsExtendedBefore == true || shot.Fit is not (null or CanvasFit.Crop)
            || (route.Model.IsEmbedded && Roams(shot, image));
        return
        [
            .. StillAdvice.For(image, route.Settings.Size, isWhole),
            .. end is null ? [] : StillAdvice.ForPair(image, end),
            .. route.Model.IsEmbedded ? [] : PromptAdvice.For(said, camera, scene, [.. elements, scene]),
        ];
    }

    // The free camera goes to what lies outside of its first frame.
    private static bool Roams(AnimateRequest shot, Asset image) =>
        shot.Options.ContainsKey("start")
        || shot.Options.ContainsKey("end")
        || Travel.Crosses(
            image.Size,
            new PixelSize(shot.Width, shot.Height),
            new CameraPath(shot.Move, shot.Strength, shot.Easing, Loops: false, Seed: 0));

    /// <summary>A title that says what is shown, what moves there, and the ratio: the clips of a film are told apart by it.</summary>
    public static string TitleOf(AnimateRequest request, Asset image, PixelSize size) =>
        $"{ShortTitles.Of(ShortTitles.Subject(image.Title, "still"), MotionOf(request))} {ShortTitles.Ratio(size)}";

    private static string MotionOf(AnimateRequest request)
    {
        if (!request.NamesCamera && request.Prompt.Length > 0)
        {
            return request.Prompt;
        }
        var pace = request.Strength <= 0.35 ? "slow " : request.Strength >= 0.8 ? "strong " : "";
        var words = SnakeCase.From(request.Move).Replace('_', ' ');
        return request.EndImage is null ? $"{pace}{words}" : $"{words} to last frame";
    }
}

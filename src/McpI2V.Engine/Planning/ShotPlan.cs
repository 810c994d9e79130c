using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Planning;

/// <summary>What is said alike of every clip that is made of a still, one or a batch.</summary>
public static class ShotPlan
{
    /// <summary>The camera where neither words nor a preset name one.</summary>
    public static CameraChoice UsualCamera { get; } = new(Media.Camera.CameraMove.PushIn, 0.35);

    /// <summary>Advice on a prompt and a still, whose subjects are those of the elements that are named, and its own.</summary>
    public static IReadOnlyList<string> Advice(
        string prompt,
        bool hasCamera,
        Asset image,
        PixelSize size,
        IEnumerable<string> elements)
    {
        var scene = image.Prompt ?? image.Title;
        return [.. StillAdvice.For(image, size), .. PromptAdvice.For(prompt, hasCamera, scene, [.. elements, scene])];
    }

    /// <summary>A title that says the move and the ratio.</summary>
    public static string TitleOf(AnimateRequest request, PixelSize size)
    {
        if (!request.NamesCamera && request.Prompt.Length > 0 && CameraWords.Find(request.Prompt) is null)
        {
            return $"{ShortTitles.FromText(request.Prompt, "clip")} {ShortTitles.Ratio(size)}";
        }
        var pace = request.Strength <= 0.35 ? "slow " : request.Strength >= 0.8 ? "strong " : "";
        var words = SnakeCase.From(request.Move).Replace('_', ' ');
        var move = request.EndImage is null ? $"{pace}{words}" : $"morph {words}";
        return $"{move} {ShortTitles.Ratio(size)}";
    }
}

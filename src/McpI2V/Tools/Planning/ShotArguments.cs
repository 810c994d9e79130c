using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Geometry;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools.Planning;

/// <summary>What is read and said alike of every clip that is made of a still, one or a batch.</summary>
internal static class ShotArguments
{
    private const double LongestAsked = 86_400;

    /// <summary>
    /// The wanted length; null: the model's usual. Whether a model makes it, routing decides: no model makes a day, so that stands for
    /// anything longer.
    /// </summary>
    public static double? DurationOf(ArgumentReader arguments) =>
        arguments.Number("duration_seconds", double.MinValue, double.MaxValue) is { } seconds
            ? Math.Clamp(seconds, -LongestAsked, LongestAsked)
            : null;

    /// <summary>Advice on a prompt and a still.</summary>
    public static List<string> Advice(
        ToolServices services,
        ArgumentReader arguments,
        string prompt,
        bool hasCamera,
        Asset image,
        PixelSize size)
    {
        var subjects = arguments
            .Texts("elements", 8)
            .Select(e => services.Elements.Get(e).Name)
            .Append(image.Prompt ?? image.Title)
            .ToList();
        return [.. StillAdvice.For(image, size), .. PromptAdvice.For(prompt, hasCamera, image.Prompt ?? image.Title, subjects)];
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

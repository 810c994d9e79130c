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
    /// <summary>The wanted length; null: the model's usual. Whether the model makes it, routing decides.</summary>
    public static readonly Argument<double?> Duration = Argument.Number(
        "duration_seconds",
        "Length; the model's usual (mostly 5) unless given.",
        0.1,
        600,
        "local:camera makes 1 to 60 s, most models 2 to 15 s");

    /// <summary>The ratio.</summary>
    public static readonly Argument<string?> Ratio = RatioArgument.One("The still's own unless given.");

    /// <summary>Advice on a prompt and a still.</summary>
    public static List<string> Advice(
        ToolServices services,
        ArgumentReader arguments,
        string prompt,
        bool hasCamera,
        Asset image,
        PixelSize size)
    {
        var subjects = CommonArguments.Elements.Read(arguments)
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

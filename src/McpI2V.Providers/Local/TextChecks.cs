using McpI2V.Engine.Library;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Providers.Local;

/// <summary>What became of texts, as checks of what they were set over.</summary>
internal static class TextChecks
{
    /// <summary>One check for each thing that was done otherwise than asked for, and the contrast where it was measured.</summary>
    public static IEnumerable<Check> Of(IReadOnlyList<TextResult> texts)
    {
        foreach (var note in texts.SelectMany(t => t.Notes).Distinct(StringComparer.Ordinal))
        {
            yield return new Check(Check.Text, Ok: false, 0, 0, note);
        }
        foreach (var text in texts)
        {
            if (text.Moved is { } moved)
            {
                yield return new Check(Check.TextMoved, Ok: true, Math.Round(text.Covers, 2), 0, moved);
            }
        }
        if (texts.Where(t => t.Contrast > 0).Select(t => t.Contrast).DefaultIfEmpty(0).Min() is > 0 and var contrast)
        {
            var isEnough = contrast >= TextResult.ContrastNeeded;
            yield return new Check("text_contrast", isEnough, Math.Round(contrast, 1), TextResult.ContrastNeeded, null);
        }
    }
}

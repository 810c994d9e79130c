using System.Text.RegularExpressions;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Motion;

/// <summary>
/// Finds the camera in a motion prompt, by the stems of English words. In another language the assistant passes <c>camera</c>.
/// </summary>
public static partial class CameraWords
{
    private static readonly Lazy<IReadOnlyList<(CameraMove Move, Regex Words)>> Moves = new(() =>
    [
        .. CameraMoves.All.Select(row => (
            row.Move,
            new Regex(row.Words, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))),
    ]);

    /// <summary>The camera that a prompt names first, by the most words; null if it names none.</summary>
    public static CameraChoice? Find(string prompt)
    {
        var found = Moves.Value
            .Select(m => (m.Move, Match: m.Words.Match(prompt)))
            .Where(m => m.Match.Success)
            .OrderBy(m => m.Match.Index)
            .ThenByDescending(m => m.Match.Length)
            .ToList();
        return found.Count == 0 ? null : new CameraChoice(found[0].Move, Strength(prompt));
    }

    /// <summary>The move that a word means which is no move's name, such as <c>dolly_in</c>; null if none is near.</summary>
    public static CameraMove? Nearest(string word) => Find(word.Replace('_', ' ').Replace('-', ' '))?.Move;

    private static double Strength(string prompt) =>
        Gentle().IsMatch(prompt) ? 0.3 : Strong().IsMatch(prompt) ? 0.85 : 0.5;

    [GeneratedRegex(@"\b(slow|slowly|subtle|subtly|gentle|gently|slight|slightly|soft)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Gentle();

    [GeneratedRegex(@"\b(fast|quick|quickly|dramatic|strong|rapid|whip)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Strong();
}

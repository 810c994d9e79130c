using System.Text.RegularExpressions;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Motion;

/// <summary>Finds the camera in a motion prompt.</summary>
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

    private static double Strength(string prompt) =>
        Gentle().IsMatch(prompt) ? 0.3 : Strong().IsMatch(prompt) ? 0.85 : 0.5;

    [GeneratedRegex(@"\b(slow|slowly|subtle|subtly|gentle|gently|slight|slightly|soft)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Gentle();

    [GeneratedRegex(@"\b(fast|quick|quickly|dramatic|strong|rapid|whip)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Strong();
}

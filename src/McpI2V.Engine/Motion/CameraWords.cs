using System.Text.RegularExpressions;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Motion;

/// <summary>Finds the camera in a motion prompt.</summary>
public static partial class CameraWords
{
    private static readonly (Regex Words, CameraMove Move)[] Moves =
    [
        (PushIn(), CameraMove.PushIn),
        (PullOut(), CameraMove.PullOut),
        (OrbitRight(), CameraMove.OrbitRight),
        (Orbit(), CameraMove.OrbitLeft),
        (CraneDown(), CameraMove.CraneDown),
        (Crane(), CameraMove.CraneUp),
        (PanLeft(), CameraMove.PanLeft),
        (Pan(), CameraMove.PanRight),
        (TiltDown(), CameraMove.TiltDown),
        (Tilt(), CameraMove.TiltUp),
        (TruckLeft(), CameraMove.TruckLeft),
        (Truck(), CameraMove.TruckRight),
        (PedestalDown(), CameraMove.PedestalDown),
        (Pedestal(), CameraMove.PedestalUp),
        (RollLeft(), CameraMove.RollLeft),
        (Roll(), CameraMove.RollRight),
        (Handheld(), CameraMove.Handheld),
        (Parallax(), CameraMove.Parallax),
        (LockedOff(), CameraMove.LockedOff),
    ];

    /// <summary>The camera that a prompt names first; null if it names none.</summary>
    public static CameraChoice? Find(string prompt)
    {
        var found = Moves.Select(m => (m.Move, Match: m.Words.Match(prompt)))
            .Where(m => m.Match.Success)
            .OrderBy(m => m.Match.Index)
            .ToList();
        return found.Count == 0 ? null : new CameraChoice(found[0].Move, Strength(prompt));
    }

    private static double Strength(string prompt) =>
        Gentle().IsMatch(prompt) ? 0.3 : Strong().IsMatch(prompt) ? 0.85 : 0.5;

    [GeneratedRegex(@"\b(push(es|ing)?[- ]?in|dolly(ing)? (in|forward)|zoom(s|ing)? in|move(s)? closer)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PushIn();

    [GeneratedRegex(@"\b(pull(s|ing)?[- ]?(out|back)|dolly(ing)? (out|back)|zoom(s|ing)? out)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PullOut();

    [GeneratedRegex(@"\b(orbit|arc)\w*( shot)? (to the )?right\b", RegexOptions.IgnoreCase)]
    private static partial Regex OrbitRight();

    [GeneratedRegex(@"\b(orbit\w*|arc shot|circl(es|ing) around)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Orbit();

    [GeneratedRegex(@"\b(crane|jib)( shot)? down\b", RegexOptions.IgnoreCase)]
    private static partial Regex CraneDown();

    [GeneratedRegex(@"\b(crane|jib)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Crane();

    [GeneratedRegex(@"\bpan(s|ning)? (to the )?left\b", RegexOptions.IgnoreCase)]
    private static partial Regex PanLeft();

    [GeneratedRegex(@"\b(camera pans?|panning|pan (to the )?right|slow pan)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Pan();

    [GeneratedRegex(@"\btilt(s|ing)? down\b", RegexOptions.IgnoreCase)]
    private static partial Regex TiltDown();

    [GeneratedRegex(@"\btilt(s|ing)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Tilt();

    [GeneratedRegex(@"\b(truck|slide|track)(s|ing)? (to the )?left\b", RegexOptions.IgnoreCase)]
    private static partial Regex TruckLeft();

    [GeneratedRegex(@"\b((truck|slide|track)(s|ing)? (to the )?right|tracking shot|trucking)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Truck();

    [GeneratedRegex(@"\b(pedestal down|camera lowers)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PedestalDown();

    [GeneratedRegex(@"\b(pedestal|camera rises)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Pedestal();

    [GeneratedRegex(@"\b(camera )?rolls? (to the )?left\b|\bdutch\w* left\b", RegexOptions.IgnoreCase)]
    private static partial Regex RollLeft();

    [GeneratedRegex(@"\bcamera rolls?\b|\brolls? (to the )?right\b|\bdutch (angle|tilt)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Roll();

    [GeneratedRegex(@"\bhand[- ]?held\b", RegexOptions.IgnoreCase)]
    private static partial Regex Handheld();

    [GeneratedRegex(@"\bparallax\b", RegexOptions.IgnoreCase)]
    private static partial Regex Parallax();

    [GeneratedRegex(@"\b(locked[- ]?off|static (camera|shot)|tripod|fixed camera)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LockedOff();

    [GeneratedRegex(@"\b(slow|slowly|subtle|subtly|gentle|gently|slight|slightly|soft)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Gentle();

    [GeneratedRegex(@"\b(fast|quick|quickly|dramatic|strong|rapid|whip)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Strong();
}

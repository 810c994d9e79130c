namespace McpI2V.Media.Camera;

/// <summary>Every camera move. To add one: its word in <see cref="CameraMove"/>, its row here.</summary>
public static class CameraMoves
{
    /// <summary>How far a pan, a truck or a pedestal goes by itself at full strength: radians, or windows.</summary>
    internal const double Reach = 0.3;

    private const string Left = "(to the )?left(wards?)?";
    private const string Right = "(to the )?right(wards?)?";

    // "the camera slowly dollies in": an adverb may stand before the verb and after it.
    private const string Ly = "(\\w+ly )?";
    private const string Camera = "camera (is )?" + Ly;
    private const string The = "(" + Camera + ")?";
    private const string Paced = "((slow|fast|quick|gentle|smooth|whip|swish)[- ])?";
    private const string Goes = "(mov|go|glid|creep|travel|float|drift|inch|fl(y|i)|eas|slid)\\w* " + Ly;
    private const string Dollies = "doll(y|ies|ied|ying)[- ](shot )?" + Ly;
    private const string Zooms = "zoom(s|ed|ing)?[- ]" + Ly;

    /// <summary>One row a move.</summary>
    public static IReadOnlyList<CameraMoveDefinition> All { get; } =
    [
        new(
            CameraMove.LockedOff,
            "Static camera on a tripod, locked off",
            $@"\b(locked?[- ]?(off|down)|static(?! (electric|noise|hair|cling))|stationary|tripod|fixed (camera|shot|frame)|still camera|" +
                $@"no camera (move|motion)\w*|{Camera}((stay|remain|hold|held|kept|keep)\w* )?(perfectly |completely )?" +
                "(still|fixed|locked|unmoving|put))\\b",
            m => new(Zoom: m.Zoom(0.04, m.Way), ShiftX: 0.01 * m.Side * m.Across)) { HasPace = false, Travels = false },
        new(
            CameraMove.PushIn,
            "The camera pushes in",
            $@"\b({The}push(es|ed|ing)?[- ]?{Ly}(in|forwards?)|{The}{Dollies}(in|forwards?|towards?|closer)|" +
                $@"{The}doll(y|ies|ying)(?! zoom)|{The}{Zooms}in|{The}zoom(s|ing)?|{Camera}{Goes}(in|forwards?|closer|towards?|nearer)|" +
                $@"(mov|com|gett?)(e|es|ing|s) {Ly}closer|{Camera}(advanc|approach)\w*)\b",
            m => new(Zoom: m.Zoom(0.5, m.Way))),
        new(
            CameraMove.PullOut,
            "The camera pulls out",
            $@"\b({The}pull(s|ed|ing)?[- ]?{Ly}(out|back|away)|{The}{Dollies}(out|back|away)(wards?)?|{The}{Zooms}(out|back)|" +
                $@"{Camera}{Goes}(out|back|backwards?|away)|{Camera}(retreat|withdraw)\w*)\b",
            m => new(Zoom: m.Zoom(0.5, 1 - m.Way))),
        new(
            CameraMove.PanLeft,
            "The camera pans left",
            $@"\b{The}{Paced}pan(s|ned|ning)? {Ly}{Left}\b",
            m => new(Yaw: -Reach * m.Across)) { Across = (-1, 0) },
        new(
            CameraMove.PanRight,
            "The camera pans right",
            $@"\b({Camera}pans?|{The}panning|{The}{Paced}pan(s|ned|ning)? {Ly}{Right}|(slow|fast|quick|gentle|smooth|whip|swish)[- ]pan|" +
                @"whip(?! cream)|pans? across)\b",
            m => new(Yaw: Reach * m.Across)) { Across = (1, 0) },
        new(
            CameraMove.TiltUp,
            "The camera tilts up",
            $@"\b{The}(tilt(s|ed|ing)?|pan(s|ning)? up)\b",
            m => new(Pitch: -Reach * m.Across)) { Across = (0, -1) },
        new(
            CameraMove.TiltDown,
            "The camera tilts down",
            $@"\b{The}(tilt(s|ed|ing)? {Ly}down(wards?)?|pan(s|ning)? down)\b",
            m => new(Pitch: Reach * m.Across)) { Across = (0, 1) },
        new(
            CameraMove.TruckLeft,
            "The camera trucks left",
            $@"\b({The}(truck|slid|track|straf)(e|s|es|ing)? {Ly}{Left}|{The}{Dollies}{Left}|{Camera}{Goes}{Left})\b",
            m => new(ShiftX: -Reach * m.Across)) { Across = (-1, 0) },
        new(
            CameraMove.TruckRight,
            "The camera trucks right",
            $@"\b({The}(truck|slid|track|straf)(e|s|es|ing)? {Ly}{Right}|{The}{Dollies}{Right}|{Camera}{Goes}{Right}|tracking shot|" +
                @"trucking)\b",
            m => new(ShiftX: Reach * m.Across)) { Across = (1, 0) },
        new(
            CameraMove.PedestalUp,
            "The camera rises straight up",
            $@"\b({The}pedestals?|boom(s|ing)? up|{Camera}(ris(es|ing)|ascend\w*|lift\w*|{Goes}up(wards?)?))\b",
            m => new(ShiftY: -Reach * m.Across)) { Across = (0, -1) },
        new(
            CameraMove.PedestalDown,
            "The camera lowers straight down",
            $@"\b({The}pedestals? {Ly}down|boom(s|ing)? down|{Camera}(lower\w*|descend\w*|sink\w*|{Goes}down(wards?)?))\b",
            m => new(ShiftY: Reach * m.Across)) { Across = (0, 1) },
        new(
            CameraMove.OrbitLeft,
            "The camera orbits left around the subject",
            $@"\b({The}orbit\w*|arc shot|arcs around|circl(es|ing) around|{Camera}(circl|revolv|rotat)\w*|turntable)\b",
            m => new(Orbit: -0.5 * m.Across)) { Travels = false },
        new(
            CameraMove.OrbitRight,
            "The camera orbits right around the subject",
            $@"\b{The}(orbit|arc|circl)\w*( shot)?( around( \w+)?)? {Ly}{Right}\b",
            m => new(Orbit: 0.5 * m.Across)) { Travels = false },
        new(
            CameraMove.CraneUp,
            "The camera cranes up",
            $@"\b{The}(cran(es?|ing)|jibs?)\b",
            m => new(ShiftY: -0.4 * m.Across, Pitch: 0.14 * m.Across, Zoom: m.Zoom(0.1, 1 - m.Way))),
        new(
            CameraMove.CraneDown,
            "The camera cranes down",
            $@"\b{The}(cran(es?|ing)|jibs?)( shot)? {Ly}down\b",
            m => new(ShiftY: 0.4 * m.Across, Pitch: -0.14 * m.Across, Zoom: m.Zoom(0.1, m.Way))),
        new(
            CameraMove.RollLeft,
            "The camera rolls left",
            $@"\b(camera )?rolls? {Left}\b|\bdutch\w* left\b",
            m => new(Roll: -0.24 * m.Across)) { Travels = false },
        new(
            CameraMove.RollRight,
            "The camera rolls right",
            $@"\bcamera rolls?\b|\brolls? {Right}\b|\bdutch (angle|tilt)\b",
            m => new(Roll: 0.24 * m.Across)) { Travels = false },
        new(
            CameraMove.CrashZoom,
            "The camera stands still, then crash zooms in on the subject",
            @"\b((crash|snap|whip)[- ]zooms?|punch(es|ing)?[- ]?in)\b",
            m => new(Zoom: m.Zoom(1, m.Crash))) { HasPace = false },
        new(CameraMove.Handheld, "Handheld camera with slight natural sway", @"\bhand[- ]?held\b", HandheldSway.At) { HasPace = false },
        new(
            CameraMove.Parallax,
            "The camera slides sideways, the foreground moving before the background",
            @"\b(parallax|slides sideways)\b",
            m => new(ShiftX: Reach * m.Across)) { Travels = false },
    ];

    private static readonly Dictionary<CameraMove, CameraMoveDefinition> Rows = All.ToDictionary(r => r.Move);

    /// <summary>The row of a move.</summary>
    public static CameraMoveDefinition Of(CameraMove move) => Rows[move];
}

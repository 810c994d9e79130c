namespace McpI2V.Media.Camera;

/// <summary>Every camera move. To add one: its word in <see cref="CameraMove"/>, its row here.</summary>
public static class CameraMoves
{
    private const string Left = "(to the )?left";
    private const string Right = "(to the )?right";

    /// <summary>One row a move.</summary>
    public static IReadOnlyList<CameraMoveDefinition> All { get; } =
    [
        new(
            CameraMove.LockedOff,
            "Static camera on a tripod, locked off",
            @"\b(locked[- ]?off|static (camera|shot)|tripod|fixed camera)\b",
            m => new(Zoom: m.Zoom(0.04, m.Way), ShiftX: 0.01 * m.Side * m.Across)) { HasPace = false },
        new(
            CameraMove.PushIn,
            "The camera pushes in",
            @"\b(push(es|ing)?[- ]?in|dolly(ing)? (in|forward)|zoom(s|ing)? in|move(s)? closer)\b",
            m => new(Zoom: m.Zoom(0.5, m.Way))),
        new(
            CameraMove.PullOut,
            "The camera pulls out",
            @"\b(pull(s|ing)?[- ]?(out|back)|dolly(ing)? (out|back)|zoom(s|ing)? out)\b",
            m => new(Zoom: m.Zoom(0.5, 1 - m.Way))),
        new(
            CameraMove.PanLeft,
            "The camera pans left",
            $@"\b(camera )?pan(s|ning)? {Left}\b",
            m => new(Yaw: -0.3 * m.Across)),
        new(
            CameraMove.PanRight,
            "The camera pans right",
            $@"\b(camera pans?|panning|pan {Right}|slow pan)\b",
            m => new(Yaw: 0.3 * m.Across)),
        new(CameraMove.TiltUp, "The camera tilts up", @"\btilt(s|ing)?\b", m => new(Pitch: -0.3 * m.Across)),
        new(CameraMove.TiltDown, "The camera tilts down", @"\btilt(s|ing)? down\b", m => new(Pitch: 0.3 * m.Across)),
        new(
            CameraMove.TruckLeft,
            "The camera trucks left",
            $@"\b(truck|slide|track)(s|ing)? {Left}\b",
            m => new(ShiftX: -0.3 * m.Across)),
        new(
            CameraMove.TruckRight,
            "The camera trucks right",
            $@"\b((truck|slide|track)(s|ing)? {Right}|tracking shot|trucking)\b",
            m => new(ShiftX: 0.3 * m.Across)),
        new(
            CameraMove.PedestalUp,
            "The camera rises straight up",
            @"\b(pedestal|camera rises)\b",
            m => new(ShiftY: -0.3 * m.Across)),
        new(
            CameraMove.PedestalDown,
            "The camera lowers straight down",
            @"\b(pedestal down|camera lowers)\b",
            m => new(ShiftY: 0.3 * m.Across)),
        new(
            CameraMove.OrbitLeft,
            "The camera orbits left around the subject",
            @"\b(orbit\w*|arc shot|circl(es|ing) around)\b",
            m => new(Orbit: -0.5 * m.Across)),
        new(
            CameraMove.OrbitRight,
            "The camera orbits right around the subject",
            $@"\b(orbit|arc)\w*( shot)? {Right}\b",
            m => new(Orbit: 0.5 * m.Across)),
        new(
            CameraMove.CraneUp,
            "The camera cranes up",
            @"\b(cranes?|jibs?)\b",
            m => new(ShiftY: -0.4 * m.Across, Pitch: 0.14 * m.Across, Zoom: m.Zoom(0.1, 1 - m.Way))),
        new(
            CameraMove.CraneDown,
            "The camera cranes down",
            @"\b(cranes?|jibs?)( shot)? down\b",
            m => new(ShiftY: 0.4 * m.Across, Pitch: -0.14 * m.Across, Zoom: m.Zoom(0.1, m.Way))),
        new(
            CameraMove.RollLeft,
            "The camera rolls left",
            $@"\b(camera )?rolls? {Left}\b|\bdutch\w* left\b",
            m => new(Roll: -0.24 * m.Across)),
        new(
            CameraMove.RollRight,
            "The camera rolls right",
            $@"\bcamera rolls?\b|\brolls? {Right}\b|\bdutch (angle|tilt)\b",
            m => new(Roll: 0.24 * m.Across)),
        new(
            CameraMove.CrashZoom,
            "The camera stands still, then crash zooms in on the subject",
            @"\b((crash|snap|whip)[- ]zooms?|punch(es|ing)?[- ]?in)\b",
            m => new(Zoom: m.Zoom(1, (0.12 * m.Way) + (0.88 * m.Snap(0.3))))) { HasPace = false },
        new(CameraMove.Handheld, "Handheld camera with slight natural sway", @"\bhand[- ]?held\b", HandheldSway.At) { HasPace = false },
        new(
            CameraMove.Parallax,
            "The camera slides sideways, the foreground moving before the background",
            @"\b(parallax|slides sideways)\b",
            m => new(ShiftX: 0.3 * m.Across)),
    ];

    private static readonly Dictionary<CameraMove, CameraMoveDefinition> Rows = All.ToDictionary(r => r.Move);

    /// <summary>The row of a move.</summary>
    public static CameraMoveDefinition Of(CameraMove move) => Rows[move];
}

namespace McpI2V.Media.Grading;

/// <summary>Named looks.</summary>
public enum GradeLook
{
    Natural,
    Warm,
    Cool,
    Punchy,
    Soft,
    Mono,
    Golden,
    TealOrange,
    Film,
    Noir,
    Pastel,
    Clean,
}

namespace McpI2V.Media.Clips;

/// <summary>Named grades.</summary>
public enum GradePreset
{
    Natural,
    Warm,
    Cool,
    Punchy,
    Soft,
    Mono,
}

namespace McpI2V.Media.Clips;

/// <summary>Named grades.</summary>
public enum Look
{
    Natural,
    Warm,
    Cool,
    Punchy,
    Soft,
    Mono,
}

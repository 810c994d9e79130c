namespace McpI2V.Media.Text.Setting;

/// <summary>How this program starts itself to draw text, and the typefaces that its user has added.</summary>
/// <param name="FileName">The program; null: text is drawn in this process.</param>
/// <param name="Arguments">What it is started with, before the order's file.</param>
/// <param name="Fonts">The folder with the user's typefaces; it need not exist. Null: none.</param>
public sealed record DrawingProgram(string? FileName, IReadOnlyList<string> Arguments, string? Fonts)
{
    /// <summary>Drawing in this process.</summary>
    public static readonly DrawingProgram None = new(null, [], null);
}

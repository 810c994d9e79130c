using McpI2V.Engine.Motion;

namespace McpI2V.Answers.Contents;

/// <summary>Every preset.</summary>
/// <param name="Presets">The presets.</param>
internal sealed record PresetsContent(IReadOnlyList<PresetsContent.Motion> Presets)
{
    /// <summary>Presets as they are shown.</summary>
    public static PresetsContent FromPresets(IEnumerable<Preset> presets) =>
        new([.. presets.Select(p => new Motion(p.Name, p.Title, p.Prompt, new Camera(p.Move, p.Strength, p.Easing)))]);

    /// <summary>A named motion.</summary>
    internal sealed record Motion(string Name, string Title, string Prompt, Camera Camera);

    /// <summary>Its camera.</summary>
    internal sealed record Camera(string Move, double Strength, string Easing);
}

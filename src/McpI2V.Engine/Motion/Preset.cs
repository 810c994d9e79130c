using System.Text.Json.Serialization;

namespace McpI2V.Engine.Motion;

/// <summary>A named motion prompt.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Prompt">The motion in words, for models that read.</param>
/// <param name="Move">The camera's move.</param>
/// <param name="Strength">0 to 1.</param>
/// <param name="Easing">How the move starts and stops.</param>
public sealed record Preset(string Name, string Title, string Prompt, string Move, double Strength, string Easing);

internal sealed record PresetFile(Preset[] Presets);

[JsonSerializable(typeof(PresetFile))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class MotionJson : JsonSerializerContext;

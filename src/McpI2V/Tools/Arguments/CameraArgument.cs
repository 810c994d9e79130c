using System.Text.Json;
using McpI2V.Engine;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Camera;

namespace McpI2V.Tools.Arguments;

/// <summary>Reads a camera: an object, or just the move's name.</summary>
internal static class CameraArgument
{
    private static readonly string[] Members = ["move", "strength", "easing"];

    /// <summary>The camera argument; null if it was not given.</summary>
    public static CameraChoice? Read(ArgumentReader arguments) => arguments.Raw("camera") is { } raw ? Read(raw, "camera") : null;

    /// <summary>A camera from JSON.</summary>
    /// <exception cref="I2VException">The move is not known; the message lists the valid ones.</exception>
    public static CameraChoice Read(JsonElement raw, string argument)
    {
        if (raw.ValueKind == JsonValueKind.String)
        {
            return new CameraChoice(Move(raw.GetString()!, argument));
        }
        if (raw.ValueKind != JsonValueKind.Object)
        {
            throw I2VException.Invalid(argument,
                $"{argument} must be an object with move, strength and easing, or a move's name. Nothing was spent.");
        }
        var members = new ArgumentReader(raw.EnumerateObject().ToDictionary(p => p.Name, p => p.Value));
        members.RequireAllRead(Members);
        return new CameraChoice(
            Move(members.Required("move"), argument + ".move"),
            members.Number("strength", 0, 1) ?? 0.5,
            members.Choice<Easing>("easing") ?? Easing.EaseInOut);
    }

    /// <summary>A preset's camera.</summary>
    public static CameraChoice FromPreset(Preset preset) => new(
        SnakeCase.Parse<CameraMove>(preset.Move)!.Value,
        preset.Strength,
        SnakeCase.Parse<Easing>(preset.Easing)!.Value);

    private static CameraMove Move(string text, string argument) =>
        SnakeCase.Parse<CameraMove>(text)
            ?? throw I2VException.Invalid(argument, $"{argument} is \"{(text.Length <= 60 ? text : text[..60] + "...")}\"; one " +
                $"of {SnakeCase.All<CameraMove>()} is allowed. Nothing was spent.");
}

using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Camera;

namespace McpI2V.Tools.Arguments;

/// <summary>A camera: an object, or just the move's name.</summary>
internal static class CameraArgument
{
    private const double UsualStrength = 0.5;

    private static readonly Argument<double?> Strength = Argument.Number(
        "strength",
        "0.5 unless given; 0.2 to 0.4 suits products.",
        0,
        1);

    private static readonly Argument<Easing?> Curve = Argument.Choice<Easing>("easing", "ease_in_out unless given.");

    private static readonly Argument<string> MoveName = new(
        "move",
        () => Schemas.Choice("pan_left turns the camera left.", SnakeCase.Words<CameraMove>()),
        arguments => arguments.Required("move", $"one of {SnakeCase.All<CameraMove>()}"))
    {
        IsRequired = true,
    };

    /// <summary>One camera; null if it is not given.</summary>
    public static Argument<CameraChoice?> Camera(string description) => new(
        "camera",
        () =>
        {
            var schema = Schemas.Input([MoveName, Strength, Curve]);
            schema["description"] = description;
            return schema;
        },
        arguments => arguments.Raw("camera") is { } raw ? Read(raw, "camera") : null);

    /// <summary>The same, whose members another tool declares; null if it is not given.</summary>
    public static Argument<CameraChoice?> Short(string description) => new(
        "camera",
        () => new JsonObject { ["type"] = new JsonArray("string", "object"), ["description"] = description },
        arguments => arguments.Raw("camera") is { } raw ? Read(raw, "camera") : null);

    /// <summary>Several cameras; empty if none is given.</summary>
    public static Argument<IReadOnlyList<CameraChoice>> Cameras(string description, int most) => new(
        "cameras",
        () => Schemas.List(description, new JsonObject { ["type"] = new JsonArray("string", "object") }, most),
        arguments => [.. arguments.Items("cameras", most).Select((c, i) => Read(c, $"cameras[{i}]"))]);

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
                $"{argument} is {ForeignText.Quote(raw.GetRawText(), 60)}; a move's name, or an object with move, strength and easing is " +
                    "needed. Nothing was spent.");
        }
        var members = new ArgumentReader(raw.EnumerateObject().ToDictionary(p => p.Name, p => p.Value));
        members.RequireKnown([MoveName, Strength, Curve], argument);
        return new CameraChoice(
            Move(Member(MoveName, members, argument), argument + ".move"),
            Member(Strength, members, argument) ?? UsualStrength,
            Member(Curve, members, argument) ?? Easing.EaseInOut);
    }

    /// <summary>A preset's camera.</summary>
    public static CameraChoice FromPreset(Preset preset) => new(
        SnakeCase.Parse<CameraMove>(preset.Move)!.Value,
        preset.Strength,
        SnakeCase.Parse<Easing>(preset.Easing)!.Value);

    private static T Member<T>(Argument<T> member, ArgumentReader members, string argument)
    {
        try
        {
            return member.Read(members);
        }
        catch (I2VException e) when (e.Argument == member.Name)
        {
            throw I2VException.Invalid($"{argument}.{member.Name}", $"{argument}.{e.Message}");
        }
    }

    private static CameraMove Move(string text, string argument) =>
        SnakeCase.Parse<CameraMove>(text)
            ?? throw I2VException.Invalid(argument, $"{argument} is {ForeignText.Quote(text, 60)}; " +
                (CameraWords.Nearest(text) is { } near ? $"here that is {SnakeCase.From(near)}: " : "") +
                $"one of {SnakeCase.All<CameraMove>()} is allowed. Nothing was spent.");
}

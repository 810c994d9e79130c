using System.Globalization;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Clips;

namespace McpI2V.Providers.Local;

/// <summary>The parts of a still that a camera begins and ends on, as <c>options.start</c> and <c>options.end</c> give them.</summary>
internal static class CameraParts
{
    private const string Allowed = "[x, y] to be centred on, or [left, top, right, bottom] to be filled with, each 0 to 1 of the still";

    /// <summary>A shot with its parts.</summary>
    /// <exception cref="MediaException">A part is none, or the move goes nowhere.</exception>
    public static CameraShot Read(OperationReader reader, CameraShot shot, int takes)
    {
        var (start, end) = (Part(reader, "start"), Part(reader, "end"));
        var name = end is null ? "start" : "end";
        if (start is null && end is null)
        {
            return shot;
        }
        if (!CameraMoves.Of(shot.Path.Move).Travels)
        {
            var moves = CameraMoves.All.Where(m => m.Travels).Select(m => SnakeCase.From(m.Move));
            throw OperationReader.Fault($"{name} is a part of the still to go {(end is null ? "from" : "to")}, and " +
                $"{SnakeCase.From(shot.Path.Move)} goes nowhere; take a camera that does " +
                $"({string.Join(", ", moves)}), or leave {name} out");
        }
        if (start is not null && end is not null && takes > 1)
        {
            throw OperationReader.Fault($"start and end say where the camera goes, so that {takes} takes would be the same; " +
                "ask for one, or leave start out");
        }
        return shot with { Start = start, End = end };
    }

    /// <summary>What is said of a part that is enlarged beyond its detail.</summary>
    public static IEnumerable<string> Enlarged(CameraShot shot)
    {
        if (shot.Start is null && shot.End is null)
        {
            return [];
        }
        var path = shot.PathOver(shot.Still.Size);
        var framing = Framing.FromPath(shot.Still.Size, shot.Size, path, shot.Duration, shot.Focus);
        var check = StillAdvice.Enlarged(1 / framing.Density(path, shot.Duration).Closest);
        return check.Advice is { } advice ? [$"Where the camera is closest: {advice}."] : [];
    }

    private static FramedPart? Part(OperationReader reader, string name)
    {
        var numbers = Numbers(reader, name);
        switch (numbers.Count)
        {
            case 0 when !reader.Has(name):
                return null;
            case 2:
                return new FramedPart(numbers[0], numbers[1], numbers[0], numbers[1]);
            case 4 when numbers[2] - numbers[0] >= FramedPart.Narrowest && numbers[3] - numbers[1] >= FramedPart.Narrowest:
                return new FramedPart(numbers[0], numbers[1], numbers[2], numbers[3]);
            default:
                var given = string.Join(", ", numbers.Select(n => n.ToString("0.###", CultureInfo.InvariantCulture)));
                throw OperationReader.Fault($"{name} is [{given}]; {Allowed}, at least {FramedPart.Narrowest} wide and high, is allowed");
        }
    }

    private static IReadOnlyList<double> Numbers(OperationReader reader, string name)
    {
        try
        {
            return reader.Numbers(name, 0, 1);
        }
        catch (MediaException e) when (e.Fault == MediaFault.OutOfRange)
        {
            throw OperationReader.Fault($"{e.Message}: {Allowed}");
        }
    }
}

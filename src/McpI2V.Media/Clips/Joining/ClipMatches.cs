using System.Globalization;
using McpI2V.Media.Camera.Matching;
using McpI2V.Media.Camera.Sampling;

namespace McpI2V.Media.Clips.Joining;

/// <summary>Where what both clips show stands at each joint of a film, as a file: a line for each joint, then a last one.</summary>
internal static class ClipMatches
{
    private const string None = "none";
    private const string End = "end";

    // The camera would look far beyond the edge of the one, or into a few pixels of the other.
    private const double Largest = 2.5;

    /// <summary>Looks at the moments in the middle of the joints, two for each: of the one clip and of the next.</summary>
    /// <exception cref="MediaException">It could not be written.</exception>
    public static async Task WriteAsync(string path, IReadOnlyList<Plane> moments, CancellationToken cancellationToken)
    {
        var lines = moments.Chunk(2).Select(pair => Told(StillMatch.Of(pair[0], pair[1])));
        await File.WriteAllLinesAsync(path, [.. lines, End], cancellationToken);
    }

    /// <summary>True if it tells of so many joints.</summary>
    public static bool IsWhole(string path, int joints) =>
        File.Exists(path) && File.ReadAllLines(path) is var lines && lines.Length == joints + 1 && lines[^1] == End;

    /// <summary>What it tells of each joint; null where both show different things.</summary>
    public static IReadOnlyList<StillMatch?> Read(string path) => [.. File.ReadLines(path).TakeWhile(line => line != End).Select(Heard)];

    private static string Told(StillMatch? match) => match is { Scale: >= 1 / Largest and <= Largest }
        ? string.Create(CultureInfo.InvariantCulture, $"{match.Scale:R} {match.ShiftX:R} {match.ShiftY:R}")
        : None;

    private static StillMatch? Heard(string line)
    {
        if (line == None)
        {
            return null;
        }
        var numbers = line.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new StillMatch(numbers[0], numbers[1], numbers[2]);
    }
}

using System.Text.RegularExpressions;

namespace McpI2V.Engine.Motion;

/// <summary>
/// Says, before anything is spent, what about a motion prompt will go wrong, with a better wording where there is one. It never blocks.
/// </summary>
public static partial class PromptAdvice
{
    private const int MostWords = 80;
    private const int MostActions = 2;

    private static readonly string[][] Families =
    [
        ["bottle", "flask", "flacon", "jar", "vial", "can", "tube", "carafe"],
        ["shoe", "sneaker", "trainer", "boot", "sandal"],
        ["bag", "handbag", "purse", "backpack", "tote"],
        ["mug", "cup", "tumbler", "glass"],
        ["woman", "girl", "lady", "man", "boy", "guy"],
        ["phone", "smartphone", "handset", "tablet"],
        ["watch", "clock", "bracelet"],
        ["box", "package", "carton", "parcel"],
        ["car", "truck", "van", "suv"],
    ];

    /// <summary>Warnings for a motion prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="hasCamera">True if the camera is named elsewhere.</param>
    /// <param name="scene">What the still was made with, or its title; empty if unknown.</param>
    /// <param name="subjects">Names of elements and what the still calls its subject.</param>
    public static IEnumerable<string> For(string prompt, bool hasCamera, string scene, IReadOnlyList<string> subjects)
    {
        if (string.IsNullOrWhiteSpace(prompt))
        {
            yield break;
        }
        var words = Words(prompt);
        var camera = CameraWords.Find(prompt);
        if (!hasCamera && camera is null)
        {
            yield return $"prompt names no camera, so it will drift where it likes. Better: \"slow push in, {Shortened(prompt)}\", or " +
                "set camera.";
        }
        if (words.Count > MostWords)
        {
            yield return $"prompt has {words.Count} words; past {MostWords} models lose the thread. " +
                "Keep the motion and the camera, drop the scene: the still already shows it.";
        }
        var retold = Words(scene).Where(w => w.Length > 4).Distinct().Intersect(words).ToList();
        if (retold.Count >= 4 || SceneTalk().Count(prompt) >= 3)
        {
            yield return $"prompt describes the scene again{(retold.Count >= 4 ? $" ({string.Join(", ", retold.Take(4))})" : "")}; the " +
                "still shows it, and saying it twice makes models redraw it. Say only what moves and how the camera moves.";
        }
        if (StateChange().Match(prompt) is { Success: true } change)
        {
            yield return $"\"{change.Value}\" changes the state of things, which models do badly. " +
                "Make the end state in a still (generate_still from this one), then animate to it with end_image.";
        }
        if (Actions().Count(prompt) > MostActions)
        {
            yield return "prompt asks for several actions in one clip; one per clip works. " +
                "Make a clip for each and join them with assemble_clips.";
        }
        if (Crowd().Match(prompt) is { Success: true } crowd)
        {
            yield return $"\"{crowd.Value}\" means many moving people, and faces and limbs will melt. " +
                "Keep people out of focus or out of frame, or let one person move.";
        }
        if (subjects.Count > 0 && Renamed(prompt, subjects) is { } other)
        {
            yield return $"prompt calls the subject \"{other}\", and the still calls it \"{subjects[0]}\". " +
                "Keep one name, or the model may draw a second thing.";
        }
    }

    // A product noun of the same family as the subject's, but another word for it.
    private static string? Renamed(string prompt, IReadOnlyList<string> subjects)
    {
        var words = Words(prompt);
        var known = subjects.SelectMany(Words).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var family in Families)
        {
            var named = family.FirstOrDefault(known.Contains);
            var used = family.FirstOrDefault(words.Contains);
            if (named is not null && used is not null && !words.Contains(named))
            {
                return used;
            }
        }
        return null;
    }

    private static List<string> Words(string text) => [.. WordPattern().Matches(text.ToLowerInvariant()).Select(m => m.Value)];

    private static string Shortened(string prompt)
    {
        var words = prompt.Trim().Split(' ');
        return string.Join(' ', words.Take(12)) + (words.Length > 12 ? " ..." : "");
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\b(background|in the foreground|surrounded by|wearing|sitting on|standing (in|on)|lit by|lighting|" +
        @"photorealistic|8k|4k|cinematic lighting|bokeh|high quality|ultra[- ]?detailed)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SceneTalk();

    [GeneratedRegex(@"\b(turns? into|transforms?( into)?|becomes?|changes? (colou?r|into)|morphs?|opens?( up)?|unfolds?|unwraps?|" +
        @"unboxes|explodes?|melts?|breaks?|shatters?|grows?|appears?|disappears?|assembles?|pours? out|fills? up|blooms?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex StateChange();

    [GeneratedRegex(@"\b(walks?|runs?|jumps?|turns?|picks?|lifts?|opens?|closes?|drinks?|eats?|smiles?|waves?|dances?|spins?|throws?|" +
        @"catches|sits?|stands?|falls?|flies|pours?|shakes?|points?|looks?|grabs?|puts?|places?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Actions();

    [GeneratedRegex(
        @"\b(crowds?|people (walking|dancing|running|cheering)|audience|busy street|party|parade|dozens of|hundreds of)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Crowd();
}

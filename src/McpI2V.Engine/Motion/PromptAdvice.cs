using McpI2V.Media;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Motion;

/// <summary>
/// Says, before anything is spent, what about a motion prompt will go wrong, with a better wording where there is one. It never blocks.
/// Written for models that read the prompt; the free camera does not.
/// </summary>
public static class PromptAdvice
{
    private const int MostWords = 80;
    private const int MostActions = 2;
    private const int MostSceneWords = 3;

    /// <summary>How a state is changed: in the still. Frames of two states are not joined by a model, they are morphed.</summary>
    public const string StateInTheStill =
        "Make the state in the still (generate_still from this one), then animate that still; end_image would morph one into the other.";

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
    /// <param name="named">The camera that is named elsewhere; null: none is.</param>
    /// <param name="scene">What the still was made with, or its title; empty if unknown.</param>
    /// <param name="subjects">Names of elements and what the still calls its subject.</param>
    public static IEnumerable<string> For(string prompt, CameraMove? named, string scene, IReadOnlyList<string> subjects) =>
        string.IsNullOrWhiteSpace(prompt)
            ? []
            :
            [
                .. OfCamera(prompt, named, scene),
                .. OfScene(prompt, scene),
                .. OfMotion(prompt),
                .. OfSubject(prompt, subjects),
            ];

    private static IEnumerable<string> OfCamera(string prompt, CameraMove? named, string scene)
    {
        var read = CameraWords.Find(prompt)?.Move;
        if (named is null && read is null)
        {
            if (SaysCameraElsewhere(prompt))
            {
                yield return "camera words are read in English here, and prompt is not all English: if it names no camera, it drifts " +
                    "where it likes. camera.move names one in any language (locked_off for a camera that stands still).";
                yield break;
            }
            var better = PromptPatterns.Person().IsMatch(prompt + " " + scene) ? "static camera" : "slow push in";
            yield return $"prompt names no camera, so it will drift where it likes. Better: \"{better}, {Shortened(prompt)}\", or " +
                "set camera.";
        }
        if (named is { } asked && read is { } said && said != asked)
        {
            yield return $"prompt says {Named(said)} and camera {Named(asked)}: the model gets both. Leave the camera out of the prompt, " +
                "or leave camera out.";
        }
    }

    // A letter that English lacks, or the word for a camera in a language that writes without.
    private static bool SaysCameraElsewhere(string prompt) =>
        prompt.Any(letter => letter > 0x7F && char.IsLetter(letter)) || PromptPatterns.ForeignCamera().IsMatch(prompt);

    private static IEnumerable<string> OfScene(string prompt, string scene)
    {
        var words = Words(prompt);
        if (words.Count > MostWords)
        {
            yield return $"prompt has {words.Count} words; past {MostWords} models lose the thread. " +
                "Keep the motion and the camera, drop the scene: the still already shows it.";
        }
        var retold = Words(scene).Where(w => w.Length > 4).Distinct().Intersect(words).ToList();
        var talk = PromptPatterns.SceneTalk().Matches(prompt).Select(m => m.Value).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (retold.Count > MostSceneWords || talk.Count > 1)
        {
            yield return $"prompt describes the scene again ({string.Join(", ", talk.Concat(retold).Take(4))}); the still " +
                "shows it, and saying it twice makes models redraw it. Say only what moves and how the camera moves.";
        }
        if (PromptPatterns.Negative().Match(prompt) is { Success: true } absent)
        {
            yield return $"\"{absent.Value}\": models draw what is named. Leave it out; what must not be there is taken out in the still.";
        }
    }

    private static IEnumerable<string> OfMotion(string prompt)
    {
        if (PromptPatterns.StateChange().Match(prompt) is { Success: true } change)
        {
            yield return $"\"{change.Value}\" changes the state of things, which models do badly. {StateInTheStill}";
        }
        if (PromptPatterns.Actions().Matches(prompt).Select(m => m.Value).Distinct(StringComparer.OrdinalIgnoreCase).Count() > MostActions)
        {
            yield return "prompt asks for several actions in one clip; one per clip works. " +
                "Make a clip for each and join them with assemble_clips.";
        }
        if (PromptPatterns.LargeMotion().Match(prompt) is { Success: true } large)
        {
            yield return $"\"{large.Value}\" is large motion, in which limbs and products melt. Small motion holds: sways slightly, " +
                "turns the head, breathes; for a whole dance a model of kind character_performance follows a filmed one.";
        }
        if (PromptPatterns.Crowd().Match(prompt) is { Success: true } crowd)
        {
            yield return $"\"{crowd.Value}\" means many moving people, and faces and limbs will melt. " +
                "Keep people out of focus or out of frame, or let one person move.";
        }
    }

    private static IEnumerable<string> OfSubject(string prompt, IReadOnlyList<string> subjects)
    {
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

    private static string Named(CameraMove move) => SnakeCase.From(move).Replace('_', ' ');

    private static List<string> Words(string text) => [.. PromptPatterns.Word().Matches(text.ToLowerInvariant()).Select(m => m.Value)];

    private static string Shortened(string prompt)
    {
        var words = prompt.Trim().Split(' ');
        return string.Join(' ', words.Take(12)) + (words.Length > 12 ? " ..." : "");
    }
}

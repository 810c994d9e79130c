using System.Text.Json.Nodes;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// Which inputs of a model go together. Its schema says it in its description alone, a line for each way: <c>(1) requires: duration_ms,
/// start_image; must omit: aspect_ratio; accepts quality: pro; resolution: 1080p | 4K</c> (OpenAPI document 3.9.0).
/// </summary>
internal sealed class InputModes
{
    private const int MostModes = 40;
    private const string Quality = "quality";
    private readonly List<Mode> modes;

    private InputModes(List<Mode> modes) => this.modes = modes;

    /// <summary>Reads a description; what is no such line is none.</summary>
    public static InputModes Read(string description) => new([.. description.Split('\n').Select(ModeIn).OfType<Mode>().Take(MostModes)]);

    /// <summary>
    /// Brings a request into the way that its files choose: what may not be given with them is left out, and the quality that its
    /// resolution goes with takes the place of another. What the user said stays, and is Hedra's to judge.
    /// </summary>
    /// <param name="input">The request.</param>
    /// <param name="isSaid">True for an input that the user set.</param>
    public void Settle(JsonObject input, Func<string, bool> isSaid)
    {
        var ways = modes.Where(m => m.Fits(input, isSaid)).ToList();
        if ((ways.Find(m => m.Takes(Quality, input[Quality])) ?? ways.FirstOrDefault()) is not { } way)
        {
            return;
        }
        foreach (var omitted in way.Omits.Where(o => !isSaid(o)))
        {
            input.Remove(omitted);
        }
        if (!isSaid(Quality) && !way.Takes(Quality, input[Quality]))
        {
            input[Quality] = way.Accepts[Quality][0];
        }
    }

    private static Mode? ModeIn(string line)
    {
        if (line.IndexOf(')', StringComparison.Ordinal) is not (> 1 and < 5) || line[0] != '(')
        {
            return null;
        }
        HashSet<string> requires = new(StringComparer.Ordinal), omits = new(StringComparer.Ordinal);
        Dictionary<string, string[]> accepts = new(StringComparer.Ordinal);
        foreach (var part in line[(line.IndexOf(')', StringComparison.Ordinal) + 1)..].Split(';', StringSplitOptions.TrimEntries))
        {
            if (part.Split(": ", 2) is not [var what, var words])
            {
                continue;
            }
            switch (what)
            {
                case "requires":
                    requires.UnionWith(words.Split(", "));
                    break;
                case "must omit":
                    omits.UnionWith(words.Split(", "));
                    break;
                default:
                    accepts[what.Split(' ')[^1]] = words.Split(" | ");
                    break;
            }
        }
        return new Mode(requires, omits, accepts);
    }

    private sealed record Mode(HashSet<string> Requires, HashSet<string> Omits, Dictionary<string, string[]> Accepts)
    {
        // Files choose the way; so does what is said, and a value that is given, but for the quality, which follows.
        public bool Fits(JsonObject input, Func<string, bool> isSaid) =>
            !Omits.Any(o => input[o] is { } value && (isSaid(o) || IsFile(value)))
            && Requires.All(r => input.ContainsKey(r) || r == Quality)
            && Accepts.Keys.All(name => (name == Quality && !isSaid(Quality)) || Takes(name, input[name]));

        public bool Takes(string name, JsonNode? value) =>
            value is null || !Accepts.TryGetValue(name, out var values) || values.Contains(value.ToString(), StringComparer.Ordinal);

        private static bool IsFile(JsonNode value) => (value is JsonArray list ? list.FirstOrDefault() : value) is JsonObject;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpI2V.Engine.Catalogue.Wire;

/// <summary>A place in a request's body: <c>prompt</c>, <c>video.start_frame.url</c>, <c>keyframes[0].url</c>.</summary>
[JsonConverter(typeof(WirePathConverter))]
public sealed class WirePath
{
    private const int LongestList = 100;
    private readonly string text;
    private readonly (string? Name, int Index)[] steps;

    private WirePath(string text, (string? Name, int Index)[] steps) => (this.text, this.steps) = (text, steps);

    /// <summary>The path that a text writes: names joined by dots, a place in a list in brackets.</summary>
    /// <exception cref="FormatException">It writes none.</exception>
    public static WirePath Parse(string text)
    {
        List<(string?, int)> steps = [];
        foreach (var part in text.Split('.'))
        {
            var name = part.Split('[')[0];
            if (name.Length == 0 || name.Contains(']', StringComparison.Ordinal) || name.Any(char.IsWhiteSpace))
            {
                throw NoPath(text);
            }
            steps.Add((name, 0));
            foreach (var place in part.Split('[')[1..])
            {
                if (!place.EndsWith(']')
                    || !int.TryParse(place[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    || index >= LongestList)
                {
                    throw NoPath(text);
                }
                steps.Add((null, index));
            }
        }
        return new WirePath(text, [.. steps]);
    }

    /// <summary>Writes a value to this place; objects and lists on the way there are made. A place past a list's end is its next.</summary>
    /// <exception cref="I2VException">Something stands in the way: another word of the row names a place inside or above.</exception>
    public void Put(JsonObject body, JsonNode? value)
    {
        JsonNode at = body;
        for (var i = 0; i < steps.Length; i++)
        {
            if (i == steps.Length - 1)
            {
                Set(at, steps[i], value);
                return;
            }
            var next = Get(at, steps[i]);
            if (next is null)
            {
                next = steps[i + 1].Name is null ? new JsonArray() : new JsonObject();
                Set(at, steps[i], next);
            }
            at = next;
        }
    }

    /// <summary>The path as it was written.</summary>
    public override string ToString() => text;

    private JsonNode? Get(JsonNode at, (string? Name, int Index) step) => (at, step.Name) switch
    {
        (JsonObject members, { } name) => members[name],
        (JsonArray items, null) => step.Index < items.Count ? items[step.Index] : null,
        _ => throw InTheWay(),
    };

    private void Set(JsonNode at, (string? Name, int Index) step, JsonNode? value)
    {
        switch (at, step.Name)
        {
            case (JsonObject members, { } name):
                members[name] = value;
                break;
            case (JsonArray items, null) when step.Index < items.Count:
                items[step.Index] = value;
                break;
            case (JsonArray items, null):
                items.Add(value);
                break;
            default:
                throw InTheWay();
        }
    }

    private I2VException InTheWay() => I2VException.Invalid(
        "models.json",
        $"the model's row writes to {text} where it has written something else. Correct the row's wire in models.json. Nothing was spent.");

    private static FormatException NoPath(string text) => new(
        $"\"{text}\" is no place in a body: names joined by dots, a place in a list (0 to {LongestList - 1}) in brackets, such as " +
            "keyframes[0].url.");
}

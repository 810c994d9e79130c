using System.Collections.Concurrent;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Jobs.Remote.Pacing;

/// <summary>How long each model usually takes here, learned from what it made.</summary>
internal sealed class TypicalDurations(LibraryDatabase database)
{
    private const int Remembered = 20;
    private readonly ConcurrentDictionary<string, TimeSpan[]> seen = new(StringComparer.Ordinal);

    /// <summary>The usual time; null before three tasks were seen.</summary>
    public TimeSpan? ForModel(string model)
    {
        var times = Times(model);
        return times.Length < 3 ? null : times.Order().ElementAt(times.Length / 2);
    }

    /// <summary>
    /// Remembers that a task was done between two looks: the middle of them is nearer to its end than the look that saw it, and looks
    /// planned by it come nearer each time.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="notYet">How old it was when it was last seen at work.</param>
    /// <param name="done">How old it was when it was seen done.</param>
    public void Saw(string model, TimeSpan notYet, TimeSpan done)
    {
        var took = notYet + ((done - notYet) / 2);
        seen.AddOrUpdate(model, _ => [took, .. Times(model).Take(Remembered - 1)], (_, before) => [took, .. before.Take(Remembered - 1)]);
    }

    private TimeSpan[] Times(string model) => seen.GetOrAdd(model, m => [.. database.Read(s => s.Query(
        "SELECT ended_at - accepted_at AS took FROM jobs WHERE model = @model AND state = 'succeeded' AND accepted_at IS NOT NULL ORDER " +
            "BY id DESC LIMIT @most",
        r => TimeSpan.FromMilliseconds(r.Number("took")),
        ("@model", m),
        ("@most", Remembered)))]);
}

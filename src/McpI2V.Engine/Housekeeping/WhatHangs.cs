using System.Text.RegularExpressions;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Housekeeping;

/// <summary>What of the library needs an asset: what was made of it, what is rendered from it, who names it, which job reads it.</summary>
internal sealed partial class WhatHangs
{
    private readonly List<(string Handle, string? Parent, string? Master, HashSet<string> Reads, bool InBin)> made;
    private readonly List<(string Name, HashSet<string> Images)> elements;
    private readonly List<(string Job, HashSet<string> Reads)> open;

    private WhatHangs(SqlSession session)
    {
        made = session.Query(
            "SELECT handle, parent, master, inputs, recipe, deleted_at FROM assets WHERE purged_at IS NULL",
            r => (
                r.Text("handle"),
                r.TextOrNull("parent"),
                r.TextOrNull("master"),
                HandlesIn($"{r.Text("inputs")} {r.Text("recipe")}"),
                r.NumberOrNull("deleted_at") is not null));
        elements = session.Query(
            "SELECT name, images FROM elements WHERE deleted_at IS NULL",
            r => (r.Text("name"), HandlesIn(r.Text("images"))));
        // A job that waits for another's result reads what that one made.
        open = session.Query(
            "SELECT jobs.id, jobs.request, a.handle FROM jobs LEFT JOIN assets a ON a.job = jobs.after " +
                "WHERE jobs.state NOT IN ('succeeded', 'failed', 'canceled')",
            r => (Job.NameOf(r.Number("id")), HandlesIn($"{r.Text("request")} \"{r.TextOrNull("handle")}\"")));
    }

    /// <summary>How it is now.</summary>
    public static WhatHangs Of(SqlSession session) => new(session);

    /// <summary>The open jobs that read one of these.</summary>
    public IReadOnlyList<string> Jobs(IReadOnlySet<string> handles) =>
        [.. open.Where(j => j.Reads.Overlaps(handles)).Select(j => j.Job).Distinct()];

    /// <summary>What else, that is not in the bin, hangs on these, in words; empty if nothing does.</summary>
    public IReadOnlyList<string> On(IReadOnlySet<string> handles)
    {
        List<string> says = [];
        foreach (var handle in handles)
        {
            var children = made
                .Where(m => !m.InBin && !handles.Contains(m.Handle))
                .Where(m => m.Parent == handle || m.Master == handle || m.Reads.Contains(handle))
                .Select(m => m.Handle)
                .ToList();
            if (children.Count > 0)
            {
                var more = children.Count > 8 ? $" and {children.Count - 8} more" : "";
                says.Add($"{string.Join(", ", children.Take(8))}{more} {(children.Count == 1 ? "is" : "are")} made from {handle}");
            }
        }
        says.AddRange(elements
            .Where(e => e.Images.Overlaps(handles))
            .Select(e => $"the element {ForeignText.Quote(e.Name, 60)} shows {string.Join(", ", e.Images.Intersect(handles))}"));
        return says;
    }

    /// <summary>Those of these whose bytes nothing outside of them needs: no recipe, no element, no open job.</summary>
    public IReadOnlyList<string> Free(IEnumerable<string> handles)
    {
        var free = handles.ToHashSet(StringComparer.Ordinal);
        var before = -1;
        while (before != free.Count)
        {
            before = free.Count;
            foreach (var other in made.Where(m => !free.Contains(m.Handle)))
            {
                free.ExceptWith(other.Reads);
                free.Remove(other.Master ?? "");
            }
        }
        free.ExceptWith(elements.SelectMany(e => e.Images));
        free.ExceptWith(open.SelectMany(j => j.Reads));
        return [.. free];
    }

    private static HashSet<string> HandlesIn(string json) =>
        [.. QuotedHandle().Matches(json).Select(m => m.Value.Trim('"'))];

    [GeneratedRegex("\"(?:still|clip|audio)-\\d+\"")]
    private static partial Regex QuotedHandle();
}

using System.Globalization;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// Every node runs every lane that it can, each with jobs of its own. A node's row has a counter that goes on for as long as the node is
/// awake; the others watch it by clocks of their own, which nobody sets, and one whose counter has stood for too long counts as gone: its
/// terms end, so that it writes nothing more when it wakes, and what it had is carried on by the others.
/// </summary>
internal sealed partial class NodeLeases(TermStore terms, TimeProvider time, ILogger<NodeLeases> log) : ILaneLeases
{
    /// <summary>For how long a counter may be seen standing before its node counts as gone.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(20);

    // Between two looks that are further apart nobody looked: this process slept, or the database was away for everybody.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Beats, TimeSpan Stood)> seen = new(StringComparer.Ordinal);
    private long looked;
    private bool hasLooked;
    private string? own;

    /// <inheritdoc/>
    public bool AreShared => true;

    /// <inheritdoc/>
    public LaneLease? TryTake(string lane, string provider)
    {
        var node = Own();
        return Begin(node, terms.BeginBeside(lane, provider, node));
    }

    /// <inheritdoc/>
    public LaneLease? TryTakeAlone(string lane, string provider)
    {
        var node = Own();
        return Begin(node, terms.BeginAlone(lane, provider, node));
    }

    /// <inheritdoc/>
    public void Beat()
    {
        if (Known() is { } node && !terms.Beat(node))
        {
            LogGone(log, GoneAfter.TotalSeconds);
            Forget(node);
        }
    }

    /// <inheritdoc/>
    public void Watch()
    {
        var passed = hasLooked ? time.GetElapsedTime(looked) : TimeSpan.Zero;
        (looked, hasLooked) = (time.GetTimestamp(), true);
        var others = terms.Nodes().Where(n => n.Id != Known()).ToList();
        foreach (var (id, name, beats) in others)
        {
            var stood = seen.TryGetValue(id, out var before) && before.Beats == beats
                ? before.Stood + (passed < LongestLook ? passed : LongestLook)
                : TimeSpan.Zero;
            seen[id] = (beats, stood);
            if (stood > GoneAfter && terms.EndNode(id, beats))
            {
                LogEnded(log, name, stood.TotalSeconds);
            }
        }
        foreach (var gone in seen.Keys.Except(others.Select(o => o.Id), StringComparer.Ordinal).ToList())
        {
            seen.Remove(gone);
        }
    }

    /// <inheritdoc/>
    public void Leave()
    {
        if (Known() is { } node)
        {
            Forget(node);
            terms.EndNode(node);
        }
    }

    private string Own()
    {
        lock (gate)
        {
            if (own is null)
            {
                // A node that counted as gone comes back as another: nothing of before is its own any more.
                var node = Guid.NewGuid().ToString("n");
                terms.Enter(node, string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}"));
                own = node;
            }
            return own;
        }
    }

    private string? Known()
    {
        lock (gate)
        {
            return own;
        }
    }

    private void Forget(string node)
    {
        lock (gate)
        {
            own = own == node ? null : own;
        }
    }

    // Null where the node counts as gone: the next beat notices.
    private LaneLease? Begin(string node, long? term) => term is { } begun ? new LaneLease(begun, () => End(node, begun)) : null;

    // A term that can't be ended must not keep its jobs from everybody: the node shows no more sign of life, and begins anew.
    private void End(string node, long term)
    {
        try
        {
            terms.End(term);
        }
        catch (I2VException e)
        {
            LogNotEnded(log, e);
            Forget(node);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "This node showed no sign of life for {Seconds} s, so that others carry on what it had; it begins anew")]
    private static partial void LogGone(ILogger logger, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A term could not be ended; this node begins anew as another")]
    private static partial void LogNotEnded(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Name} has shown no sign of life for {Seconds} s: what it had is carried on")]
    private static partial void LogEnded(ILogger logger, string name, double seconds);
}

using McpI2V.Engine.Storage.LocalFiles;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// Every node runs every lane that it can, each with jobs of its own. A node's row has a counter that goes on for as long as the node is
/// awake; the others watch it by clocks of their own, which nobody sets, and one whose counter has stood for too long counts as gone: its
/// terms end, so that it writes nothing more when it wakes, and what it had is carried on by the others. Nodes of one folder need not wait
/// for that: each holds a lock on a file, which ends with its process.
/// </summary>
internal sealed partial class NodeLeases(
    TermStore terms,
    NodeOptions options,
    LibraryOptions library,
    TimeProvider time,
    ILogger<NodeLeases> log) : ILaneLeases, IDisposable
{
    /// <summary>For how long a counter may be seen standing before its node counts as gone.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(20);

    // So that it costs each node the same, however many there are.
    private const int Watched = 8;

    // Between two looks that are further apart nobody looked: this process slept, or the database was away for everybody.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Beats, TimeSpan Stood)> seen = new(StringComparer.Ordinal);
    private long looked;
    private bool hasLooked;
    private string? own;
    private FileStream? alive;

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
        EndDead(terms.Nodes().Where(n => n.Id != node));
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
        var others = terms.NodesAfter(Known() ?? "", Watched);
        EndDead(others);
        foreach (var (id, name, beats) in others)
        {
            var stood = seen.TryGetValue(id, out var before) && before.Beats == beats
                ? before.Stood + (passed < LongestLook ? passed : LongestLook)
                : TimeSpan.Zero;
            seen[id] = (beats, stood);
            if (stood > GoneAfter && terms.EndNode(id, beats))
            {
                LogEnded(log, name);
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
                ShowLife(node);
                terms.Enter(node, options.Name);
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
            if (own == node)
            {
                own = null;
                Dispose();
            }
        }
    }

    /// <summary>Lets go of what shows that this process lives.</summary>
    public void Dispose()
    {
        if (alive is { } file)
        {
            alive = null;
            file.Dispose();
            File.Delete(file.Name);
        }
    }

    private void ShowLife(string node)
    {
        try
        {
            PrivateFiles.CreateFolder(Folder);
            alive = HeldFile.Take(Path.Combine(Folder, node));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the others wait for its counter.
            LogNoFile(log, e);
        }
    }

    // Their file is in our folder, and nobody holds it.
    private void EndDead(IEnumerable<(string Id, string Name, long Beats)> others)
    {
        foreach (var (id, name, _) in others)
        {
            var path = Path.Combine(Folder, id);
            try
            {
                if (!File.Exists(path) || HeldFile.IsHeld(path))
                {
                    continue;
                }
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            if (terms.EndNode(id))
            {
                LogEnded(log, name);
            }
        }
    }

    private string Folder => Path.Combine(library.Home, ".nodes");

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "No file shows that this node lives; others wait for its counter instead")]
    private static partial void LogNoFile(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Name} shows no sign of life any more: what it had is carried on")]
    private static partial void LogEnded(ILogger logger, string name);
}

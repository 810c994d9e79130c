using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// Decides which of several processes on one library runs the jobs of a lane: the one that holds a lock on a file. The
/// operating system lets go of it with the process, however that ends, so the next one takes over within a moment. Beside the
/// lock a counter goes on for as long as its holder is awake: of one that was stopped in its sleep the lock is taken away,
/// and the term that it carries keeps it from writing when it wakes. No clock is asked.
/// </summary>
internal sealed class RunnerLock(LibraryOptions options, string lane, TimeProvider time) : IDisposable
{
    /// <summary>How long a holder's counter may stand before it counts as asleep.</summary>
    public static readonly TimeSpan AsleepAfter = TimeSpan.FromSeconds(20);

    private const string Prefix = ".runner";
    private const string Beating = ".beat";
    private readonly string path = Path.Combine(
        options.Home,
        lane == ModelEntry.EmbeddedProvider
            ? Prefix
            : Prefix + "-" + string.Concat(lane.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')));
    private FileStream? held;
    private FileStream? beat;
    private long beats;
    private long seen = -1;
    private long seenAt;

    /// <summary>Takes every lane that a library ever had, so that nobody runs its jobs; null while somebody does.</summary>
    public static IDisposable? TakeAll(LibraryOptions options)
    {
        var all = new HeldFiles();
        try
        {
            string[] files = [Path.Combine(options.Home, Prefix), .. Directory.GetFiles(options.Home, Prefix + "-*")];
            foreach (var file in files.Where(f => !f.EndsWith(Beating, StringComparison.Ordinal)))
            {
                all.Add(HeldFile.Take(file));
            }
            return all;
        }
        catch (IOException)
        {
            all.Dispose();
            return null;
        }
    }

    /// <summary>Takes the lock if nobody has it, or if the one who has it is asleep.</summary>
    public bool TryTake()
    {
        if (TryOpen())
        {
            return true;
        }
        if (!IsAsleep())
        {
            return false;
        }
        try
        {
            // Its own file stays locked; ours is another by the same name. Where the system forbids that, it is waited for.
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        return TryOpen();
    }

    /// <summary>Shows that this process is awake.</summary>
    public void Beat()
    {
        try
        {
            if (beat is not null)
            {
                RandomAccess.Write(beat.SafeFileHandle, BitConverter.GetBytes(++beats), 0);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The next one is a second away; it needs no new space.
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose()
    {
        beat?.Dispose();
        held?.Dispose();
    }

    private bool TryOpen()
    {
        try
        {
            held = HeldFile.Take(path);
            beat = new FileStream(path + Beating, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            beats = Read();
            Beat();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            held = null;
            return false;
        }
    }

    private bool IsAsleep()
    {
        var now = Read();
        if (now != seen)
        {
            (seen, seenAt) = (now, time.GetTimestamp());
            return false;
        }
        return time.GetElapsedTime(seenAt) > AsleepAfter;
    }

    private long Read()
    {
        try
        {
            var bytes = File.ReadAllBytes(path + Beating);
            return bytes.Length == sizeof(long) ? BitConverter.ToInt64(bytes) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private sealed class HeldFiles : IDisposable
    {
        private readonly List<FileStream> files = [];

        public void Add(FileStream file) => files.Add(file);

        public void Dispose() => files.ForEach(f => f.Dispose());
    }
}

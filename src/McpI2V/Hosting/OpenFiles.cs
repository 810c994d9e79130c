using System.Globalization;

namespace McpI2V.Hosting;

/// <summary>
/// How many files and connections the system lets this process have open, where it says so (Linux). Past that number not even
/// the runtime can load a part of the program, and ends it; so what comes from outside is bounded below it.
/// </summary>
internal static class OpenFiles
{
    /// <summary>
    /// The fewest that the server works with: it needs 140 over stdio and 250 over HTTP before anybody asks for anything.
    /// </summary>
    public const int Fewest = 512;

    // What the program itself needs, its children's pipes and its database among it.
    private const int OwnNeed = 400;

    /// <summary>The number; null where the system does not say it.</summary>
    public static long? Most { get; } = Read();

    /// <summary>Why the server can't work here; null if it can.</summary>
    public static string? WhyTooFew => Most < Fewest
        ? $"Only {Most} files may be open at once here, and {Fewest} are needed. " +
            "Raise it (ulimit -n 4096, or LimitNOFILE of the service) and start the server again."
        : null;

    /// <summary>The most connections to take, each of which may have a file open as well; null: no bound is known.</summary>
    public static long? Connections => Most is { } most ? Math.Max(16, (most - OwnNeed) / 2) : null;

    private static long? Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }
        try
        {
            var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
            return long.TryParse(
                line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3),
                CultureInfo.InvariantCulture,
                out var most)
                ? most
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}

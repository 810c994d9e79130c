using System.Diagnostics;

namespace McpI2V.EndToEnd;

/// <summary>Waits for what other processes do in their own time, by looking again and again.</summary>
internal static class Eventually
{
    // A busy machine is no fault: whatever is well comes true long before.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public static Task IsSoAsync(Func<bool> isSo, string promise) => IsSoAsync(() => Task.FromResult(isSo()), promise);

    public static Task IsSoAsync(Func<Task<bool>> isSo, string promise) => IsSoAsync(isSo, () => promise);

    /// <param name="isSo">What is waited for.</param>
    /// <param name="broken">What to say if it never comes true.</param>
    public static async Task IsSoAsync(Func<Task<bool>> isSo, Func<string> broken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                Assert.Fail("never came true: " + broken());
            }
            await Task.Delay(BetweenLooks);
        }
    }

    /// <summary>Looks now and then until something is over.</summary>
    public static async Task LookUntilOverAsync(Task over, Func<Task> look)
    {
        while (!over.IsCompleted)
        {
            await look();
            await Task.WhenAny(over, Task.Delay(BetweenLooks));
        }
    }
}

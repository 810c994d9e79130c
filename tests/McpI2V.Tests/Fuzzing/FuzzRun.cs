using System.Diagnostics;

namespace McpI2V.Tests.Fuzzing;

/// <summary>How long a fuzzer runs: a few hundred inputs always, as long as <c>I2V_FUZZ_SECONDS</c> says where it is set.</summary>
internal static class FuzzRun
{
    /// <summary>Plays inputs; a failure names the seed that brings it back.</summary>
    public static async Task PlayAsync(string what, int always, Func<Mutator, Task> play)
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("I2V_FUZZ_SECONDS"), out var wanted) ? wanted : 0;
        var begun = Stopwatch.GetTimestamp();
        // The short run is the same every time; the long one goes where none was.
        var seed = seconds > 0 ? Environment.TickCount : 20_261_121;
        var count = 0;
        for (; count < always || Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds; count++, seed++)
        {
            try
            {
                await play(new Mutator(seed));
            }
            catch (Exception e)
            {
                Assert.Fail($"{what}, seed {seed}: {e}");
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {count} inputs");
        Console.WriteLine($"{what}: {count} inputs");
    }
}

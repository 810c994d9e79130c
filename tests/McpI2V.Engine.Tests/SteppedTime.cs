namespace McpI2V.Engine.Tests;

/// <summary>A clock that goes on when it is told to, and can be set apart from the time that passes.</summary>
public sealed class SteppedTime : TimeProvider
{
    private TimeSpan passed;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => passed.Ticks;

    /// <summary>Time passes, by every clock.</summary>
    public void Pass(TimeSpan time)
    {
        passed += time;
        Now += time;
    }
}

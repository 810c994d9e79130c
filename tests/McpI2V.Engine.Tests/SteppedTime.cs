namespace McpI2V.Engine.Tests;

/// <summary>A clock that goes on when it is told to.</summary>
public sealed class SteppedTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

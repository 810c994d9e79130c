namespace McpI2V.Bench.Nodes;

/// <summary>A clock on which what is to happen next happens at once.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Began = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<Action, (TimeSpan Due, long Order)> events = new();
    private long order;

    public TimeSpan Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Began + Now;

    public override long GetTimestamp() => Now.Ticks;

    public void In(TimeSpan time, Action happens) => events.Enqueue(happens, (Now + time, order++));

    /// <summary>Does a thing now and then, for as long as it gives back true.</summary>
    public void Every(TimeSpan time, TimeSpan first, Func<bool> happens) => In(first, () =>
    {
        if (happens())
        {
            Every(time, time, happens);
        }
    });

    /// <summary>Lets everything happen until a time, or until nothing is left to do.</summary>
    public void Run(TimeSpan until, Func<bool> isOver)
    {
        while (events.TryPeek(out _, out var next) && next.Due <= until && !isOver())
        {
            Now = next.Due;
            events.Dequeue()();
        }
    }
}

using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Storage.Postgres;

/// <summary>The time of day by the database's clock, which all nodes share, however their own are set.</summary>
internal sealed class DatabaseClock(TimeProvider own) : TimeProvider
{
    private long ahead;

    /// <summary>Learns how far the database's clock is ahead of this machine's.</summary>
    public void Learn(SqlSession session)
    {
        var asked = own.GetTimestamp();
        var told = session.Number("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT")!.Value;
        var now = DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(told) + own.GetElapsedTime(asked) / 2;
        Volatile.Write(ref ahead, (now - own.GetUtcNow()).Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => own.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref ahead));

    /// <inheritdoc/>
    public override long TimestampFrequency => own.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => own.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        own.CreateTimer(callback, state, dueTime, period);
}

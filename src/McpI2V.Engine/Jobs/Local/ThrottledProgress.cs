namespace McpI2V.Engine.Jobs.Local;

/// <summary>Writes progress down now and then: a commit a frame would cost more than the render.</summary>
internal sealed class ThrottledProgress(Action<double> write, JobSignal signal, TimeSpan every, TimeProvider time) : IProgress<double>
{
    private readonly Lock gate = new();
    private long last;

    public void Report(double value)
    {
        lock (gate)
        {
            if (last != 0 && time.GetElapsedTime(last) < every)
            {
                return;
            }
            last = time.GetTimestamp();
        }
        try
        {
            write(Math.Clamp(value, 0, 0.99));
        }
        catch (I2VException)
        {
            // A busy database must not stop a render; the next report may be luckier.
            return;
        }
        signal.Pulse();
    }
}

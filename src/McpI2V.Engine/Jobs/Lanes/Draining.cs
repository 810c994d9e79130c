namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>Whether this node is about to leave: then no call waits for jobs here any longer, and whoever asks is told.</summary>
public sealed class Draining(JobSignal signal)
{
    private volatile bool isOn;

    /// <summary>True once it is.</summary>
    public bool IsOn => isOn;

    /// <summary>It is: calls that wait are answered with how things stand.</summary>
    public void Begin()
    {
        isOn = true;
        signal.Pulse();
    }
}

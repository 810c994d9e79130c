namespace McpI2V.Media.Sound.Music.Instruments;

/// <summary>Where a player's sound goes: to the mix, before or behind the kick, and to the room.</summary>
/// <param name="dry">The mix, left and right in turn.</param>
/// <param name="room">What the room hears.</param>
/// <param name="gain">How loud.</param>
/// <param name="send">Its share that goes to the room.</param>
/// <param name="pan">-1 left to 1 right.</param>
internal sealed class Track(float[] dry, float[] room, double gain, double send, double pan)
{
    // Equal power: the middle is 3 dB below a side.
    private readonly double left = gain * Math.Cos((pan + 1) * Math.PI / 4) * Math.Sqrt(2);
    private readonly double right = gain * Math.Sin((pan + 1) * Math.PI / 4) * Math.Sqrt(2);

    /// <summary>Adds a sample of each side; what lies outside the piece is dropped.</summary>
    public void Add(long frame, double leftSample, double rightSample)
    {
        var at = frame * 2;
        if (at < 0 || at + 1 >= dry.Length)
        {
            return;
        }
        var (l, r) = ((float)(leftSample * left), (float)(rightSample * right));
        dry[at] += l;
        dry[at + 1] += r;
        room[at] += (float)(l * send);
        room[at + 1] += (float)(r * send);
    }

    /// <summary>Adds the same sample to both sides.</summary>
    public void Add(long frame, double sample) => Add(frame, sample, sample);
}

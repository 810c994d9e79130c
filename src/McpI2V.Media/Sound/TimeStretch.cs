namespace McpI2V.Media.Sound;

/// <summary>
/// Plays stereo faster or slower without changing its pitch (WSOLA): windows are laid where the picture has them, shifted by a few
/// milliseconds at most to where they go on from the one before, so that sound and picture never part.
/// </summary>
internal sealed class TimeStretch
{
    private const int CoarseStep = 8;

    private readonly Func<double, double> heard;
    private readonly int window;
    private readonly int reach;
    private readonly Action<ReadOnlySpan<float>> write;
    private readonly float[] fades;
    private readonly float[] overlap;
    private readonly List<float> held = [];
    private readonly List<float> mono = [];
    private long heldFrom;
    private long before;
    private long frame;
    private long written;
    private long end = long.MaxValue;

    /// <summary>Begins at the sound's start.</summary>
    /// <param name="heard">Which sample of the sound is heard at one of the result.</param>
    /// <param name="isSlower">True if it is anywhere slower than it was.</param>
    /// <param name="write">Takes the result, interleaved.</param>
    public TimeStretch(Func<double, double> heard, bool isSlower, Action<ReadOnlySpan<float>> write)
    {
        (this.heard, this.write) = (heard, write);
        // Shorter windows where each is heard more than once: an echo of 12 ms is one sound, of 20 it is two.
        (window, reach) = isSlower ? (1_200, 240) : (1_920, 360);
        fades = [.. Enumerable.Range(0, window).Select(i => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / window))))];
        overlap = new float[window * 2];
        before = long.MinValue;
        // The first window lies half before the sound.
        Hold(new float[(window + reach) * 2]);
        heldFrom = -(window + reach);
    }

    /// <summary>Takes interleaved stereo.</summary>
    public void Add(ReadOnlySpan<float> frames)
    {
        Hold(frames);
        while (heldFrom + mono.Count >= Wanted(frame) + (2 * window) + reach)
        {
            Next();
        }
    }

    /// <summary>Ends the result at a length, in samples of one channel.</summary>
    public void Finish(long length)
    {
        end = length;
        var silence = new float[(window + reach) * 4];
        while (written < length)
        {
            Add(silence);
        }
    }

    private long Wanted(long number) => (long)Math.Round(heard(number * (window / 2))) - (window / 2);

    private void Hold(ReadOnlySpan<float> frames)
    {
        for (var i = 0; i + 1 < frames.Length; i += 2)
        {
            held.Add(frames[i]);
            held.Add(frames[i + 1]);
            mono.Add(frames[i] + frames[i + 1]);
        }
    }

    private void Next()
    {
        var start = before == long.MinValue ? Wanted(frame) : Nearest(Wanted(frame), before + (window / 2));
        var from = (int)(start - heldFrom) * 2;
        for (var i = 0; i < window; i++)
        {
            overlap[i * 2] += held[from + (i * 2)] * fades[i];
            overlap[(i * 2) + 1] += held[from + (i * 2) + 1] * fades[i];
        }
        // The first half of the first window lies before the sound.
        if (frame > 0)
        {
            Emit(overlap.AsSpan(0, window));
        }
        overlap.AsSpan(window).CopyTo(overlap);
        overlap.AsSpan(window).Clear();
        (before, frame) = (start, frame + 1);
        Drop(Math.Min(before + (window / 2), Wanted(frame) - reach));
    }

    private void Emit(ReadOnlySpan<float> frames)
    {
        var count = Math.Min(frames.Length / 2, end - written);
        if (count > 0)
        {
            write(frames[..(int)(count * 2)]);
            written += count;
        }
    }

    // Where within reach the sound is most like what would have come next.
    private long Nearest(long wanted, long continuation)
    {
        var next = (int)(continuation - heldFrom);
        var (best, likeness) = (0, double.NegativeInfinity);
        for (var shift = -reach; shift <= reach; shift += CoarseStep)
        {
            Try(shift, CoarseStep / 2);
        }
        var around = best;
        likeness = double.NegativeInfinity;
        for (var shift = Math.Max(-reach, around - CoarseStep); shift <= Math.Min(reach, around + CoarseStep); shift++)
        {
            Try(shift, 2);
        }
        return wanted + best;

        void Try(int shift, int step)
        {
            var at = (int)(wanted + shift - heldFrom);
            double product = 0, power = 1e-9;
            for (var i = 0; i < window / 2; i += step)
            {
                product += mono[at + i] * mono[next + i];
                power += mono[at + i] * mono[at + i];
            }
            // Of places that are equally like, the one that the picture has.
            var like = (product / Math.Sqrt(power)) - (1e-7 * Math.Abs(shift));
            if (like > likeness)
            {
                (best, likeness) = (shift, like);
            }
        }
    }

    private void Drop(long until)
    {
        var count = (int)Math.Min(until - heldFrom, mono.Count);
        // Moving the rest is only worth it for many.
        if (count >= SoundRate.Samples / 4)
        {
            held.RemoveRange(0, count * 2);
            mono.RemoveRange(0, count);
            heldFrom += count;
        }
    }
}

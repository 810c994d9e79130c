namespace McpI2V.Media.Sound.Beats;

/// <summary>Where the beats of a piece of music are.</summary>
/// <param name="Bpm">Beats a minute.</param>
/// <param name="Beats">When each beat is, in seconds.</param>
/// <param name="FirstBar">Which of the beats is the first of a bar.</param>
public sealed record BeatGrid(double Bpm, IReadOnlyList<double> Beats, int FirstBar)
{
    /// <summary>Beats to a bar; nearly all music under clips counts four.</summary>
    public const int BeatsToABar = 4;

    /// <summary>When each bar begins, in seconds.</summary>
    public IReadOnlyList<double> Bars { get; } = [.. Beats.Where((_, i) => i >= FirstBar && (i - FirstBar) % BeatsToABar == 0)];

    /// <summary>The beat nearest to a time, in seconds.</summary>
    public double Nearest(double seconds) => Beats.MinBy(b => Math.Abs(b - seconds));
}

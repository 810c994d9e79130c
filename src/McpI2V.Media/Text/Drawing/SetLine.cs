namespace McpI2V.Media.Text.Drawing;

/// <summary>One line as it was set, in pixels from the left and the top of its block.</summary>
/// <param name="Left">Where its letters begin.</param>
/// <param name="Width">How wide they are.</param>
/// <param name="Baseline">Where they stand.</param>
/// <param name="Above">How far what is drawn rises above the baseline.</param>
/// <param name="Below">How far it hangs below.</param>
/// <param name="Start">Where the line begins in the text, in bytes of UTF-8.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="IsRightToLeft">True if it is read from the right.</param>
internal sealed record SetLine(
    double Left,
    double Width,
    double Baseline,
    double Above,
    double Below,
    int Start,
    int Length,
    bool IsRightToLeft);

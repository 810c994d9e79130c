namespace McpI2V.Media.Text.Drawing;

/// <summary>Finds the size and the lines at which a text fits: as large as its look wants it, smaller where it must be.</summary>
/// <param name="Wanted">The size the look wants, in pixels.</param>
/// <param name="Floor">The smallest that is read with ease.</param>
/// <param name="Width">The longest line.</param>
/// <param name="Height">How high the block should be at most.</param>
/// <param name="Room">How high it may be when the letters are as small as they should get.</param>
/// <param name="MostLines">Above so many lines letters get smaller first.</param>
internal sealed record Fitting(double Wanted, double Floor, double Width, double Height, double Room, int MostLines)
{
    private const double Step = 0.95;

    // Nothing is read below it, and a search must end.
    private const double Smallest = 6;

    // A word that fits at no less than this share of the size is rather set smaller than parted.
    private const double RatherSmallerThanParted = 0.72;

    /// <summary>Sets a text.</summary>
    public SetBlock Fit(Typesetter setter, TextAlignment alignment)
    {
        var floor = Math.Max(Smallest, Math.Min(Floor, Wanted));
        for (var size = Wanted; ; size = Math.Max(floor, size * Step))
        {
            var wrap = size >= Wanted * RatherSmallerThanParted ? TextWrap.BetweenWords : TextWrap.Hyphenated;
            var block = setter.Set(size, Width, wrap, alignment);
            if (block.Width <= Width && block.Height <= Height && block.Lines.Count <= MostLines)
            {
                return Balance(setter, block, wrap, alignment);
            }
            if (size <= floor)
            {
                break;
            }
        }
        // Letters of the smallest size may stand on more lines before they get smaller still.
        for (var size = floor; ; size *= Step)
        {
            var wrap = setter.Set(size, Width, TextWrap.Hyphenated, alignment).Width <= Width ? TextWrap.Hyphenated : TextWrap.Anywhere;
            var block = setter.Set(size, Width, wrap, alignment);
            if (block.Height <= Room || size < Smallest)
            {
                return Balance(setter, block, wrap, alignment) with { IsTooSmall = size < floor * 0.99 };
            }
        }
    }

    // The narrowest width that makes no more lines: they come out of one length, and none holds a single word.
    private SetBlock Balance(Typesetter setter, SetBlock widest, TextWrap wrap, TextAlignment alignment)
    {
        if (wrap == TextWrap.BetweenWords && widest.Lines.Count > 1)
        {
            var sentences = setter.Set(widest.Size, widest.WrapWidth, TextWrap.BySentence, alignment);
            (widest, wrap) = sentences.Lines.Count == widest.Lines.Count && sentences.Width <= widest.WrapWidth
                ? (sentences, TextWrap.BySentence)
                : (widest, wrap);
        }
        var best = widest;
        if (widest.Lines.Count > 1)
        {
            var (low, high) = (widest.Width * 0.5, widest.Width + 1);
            for (var i = 0; i < 7; i++)
            {
                var middle = (low + high) / 2;
                var block = setter.Set(widest.Size, middle, wrap, alignment);
                if (block.Lines.Count == widest.Lines.Count && block.Width <= middle + 1)
                {
                    (best, high) = (block, middle);
                }
                else
                {
                    low = middle;
                }
            }
            best = setter.Set(widest.Size, high, wrap, alignment);
        }
        return best with { IsShrunk = best.Size < Wanted * 0.99 };
    }
}

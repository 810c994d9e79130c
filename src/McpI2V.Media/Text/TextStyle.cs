namespace McpI2V.Media.Text;

/// <summary>How text on a clip or still looks, by one word. None has an outline; the picture decides how much it is backed.</summary>
public enum TextStyle
{
    /// <summary>A plain grotesque, white or near black, with a soft shadow.</summary>
    Clean,

    /// <summary>White on one dark shape: readable on anything.</summary>
    Boxed,

    /// <summary>Large and heavy: a hook.</summary>
    Bold,

    /// <summary>Near black on one light shape.</summary>
    Light,

    /// <summary>For spoken words.</summary>
    Caption,

    /// <summary>Very small, for a notice.</summary>
    Small,

    /// <summary>A book serif, large and quiet.</summary>
    Editorial,

    /// <summary>Small capitals set wide apart.</summary>
    Caps,

    /// <summary>Tall condensed capitals.</summary>
    Poster,

    /// <summary>Handwritten: an accent of few words.</summary>
    Script,

    /// <summary>Rounded letters in a white pill.</summary>
    Pill,

    /// <summary>A sturdy slab serif.</summary>
    Slab,

    /// <summary>Heavy letters that run from white into a warm tone.</summary>
    Gradient,

    /// <summary>Capitals of which only the contour is drawn, in the colour of the text.</summary>
    Outline,
}

namespace McpI2V.Media.Text;

/// <summary>How text on a clip or still looks.</summary>
public enum TextStyle
{
    /// <summary>White with a soft shadow.</summary>
    Clean,

    /// <summary>White on a dark box: readable on anything.</summary>
    Boxed,

    /// <summary>Large and heavy with an outline: a hook.</summary>
    Bold,

    /// <summary>Black on a light box.</summary>
    Light,

    /// <summary>Small, for spoken words.</summary>
    Caption,

    /// <summary>Very small, for a notice.</summary>
    Small,
}

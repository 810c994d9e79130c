namespace McpI2V.Media.Text;

/// <summary>How capitals are used.</summary>
public enum TextCase
{
    /// <summary>As it was written.</summary>
    AsWritten,

    /// <summary>All capitals, in scripts that have them.</summary>
    Upper,

    /// <summary>No capitals.</summary>
    Lower,
}

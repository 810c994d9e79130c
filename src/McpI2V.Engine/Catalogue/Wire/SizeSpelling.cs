namespace McpI2V.Engine.Catalogue.Wire;

/// <summary>How a request writes a size in pixels.</summary>
public enum SizeSpelling
{
    /// <summary>An object of width and height.</summary>
    Object,

    /// <summary>A text of both.</summary>
    Text,
}

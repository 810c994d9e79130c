namespace McpI2V.Engine.Catalogue.Wire;

/// <summary>How a request says whether the model makes sound.</summary>
public enum SoundSpelling
{
    /// <summary>True or false.</summary>
    Flag,

    /// <summary>The words on and off.</summary>
    OnOff,
}

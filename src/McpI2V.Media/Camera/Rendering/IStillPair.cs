using McpI2V.Media.Camera.Sampling;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>A first and a last still, and what lies between them.</summary>
internal interface IStillPair
{
    /// <summary>Draws the frame of a moment, 0 to 1.</summary>
    void Draw(double time, Frame target);
}

namespace McpI2V.Media.Text.Setting;

/// <summary>Words that were drawn for a step.</summary>
/// <param name="Layer">The name of the layer's file in the work folder.</param>
/// <param name="Result">Where and how they stand.</param>
internal sealed record SetText(string Layer, TextResult Result);

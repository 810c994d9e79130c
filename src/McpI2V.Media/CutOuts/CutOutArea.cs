namespace McpI2V.Media.CutOuts;

/// <summary>A part of a photograph, each side 0 to 1 of its own.</summary>
public sealed record CutOutArea(double Left, double Top, double Right, double Bottom);

namespace McpI2V.Media.Text.Placing;

/// <summary>Where something is to stand.</summary>
/// <param name="Area">The place.</param>
/// <param name="Covers">How much of it lies over the subject, 0 to 1.</param>
/// <param name="Away">How far it is from where it was wanted, in frame heights; below 0 it is higher.</param>
/// <param name="IsFree">False if it lies over something else or under a platform's interface, because nothing else was left.</param>
/// <param name="Cost">What speaks against it: 1 is a whole frame's height away from where it was wanted.</param>
internal sealed record FoundPlace(Area Area, double Covers, double Away, bool IsFree, double Cost);

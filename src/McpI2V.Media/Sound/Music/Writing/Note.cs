namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>One sound of one player.</summary>
/// <param name="Part">Who plays it.</param>
/// <param name="Beat">When, in beats from the start.</param>
/// <param name="Beats">How long it is held.</param>
/// <param name="Pitch">A MIDI number; of no meaning to drums.</param>
/// <param name="Velocity">How hard, 0 to 1.</param>
internal sealed record Note(Part Part, double Beat, double Beats, int Pitch, double Velocity);
